import type { Participant } from "@/e2e/participant";

/** The longest time for which someone saw the same frame, and heard nothing; milliseconds. */
export interface Gaps {
  pictureMs: number;
  soundMs: number;
}

interface GapWatch {
  take(): Gaps;
}

/**
 * Watches what one person sees and hears of another, as it is played: each frame that their tile shows, and the sound of
 * every element that plays one. `keepPlayers` must have prepared the page, and nobody else may be heard.
 *
 * @returns gives what was longest since it was last asked
 */
export async function watchGaps(watcher: Participant, other: { name: string }): Promise<() => Promise<Gaps>> {
  const tile = watcher.tileOf(other);
  const watch = await tile.evaluateHandle((element): GapWatch => {
    const longest = { pictureMs: 0, soundMs: 0 };
    let [shownAtMs, heardAtMs] = [performance.now(), performance.now()];
    const watched = new WeakSet<HTMLVideoElement>();
    const follow = (video: HTMLVideoElement) => {
      if (watched.has(video)) return;
      watched.add(video);
      const onFrame = () => {
        shownAtMs = performance.now();
        video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
    };
    const context = new AudioContext();
    const ears = new Map<MediaStreamTrack, AnalyserNode>();
    const samples = new Float32Array(1024);
    const isLoud = (track: MediaStreamTrack) => {
      let ear = ears.get(track);
      if (!ear) {
        ear = new AnalyserNode(context, { fftSize: samples.length });
        context.createMediaStreamSource(new MediaStream([track])).connect(ear);
        ears.set(track, ear);
      }
      ear.getFloatTimeDomainData(samples);
      return samples.some((sample) => Math.abs(sample) > 0.02);
    };
    setInterval(() => {
      for (const video of element.querySelectorAll("video")) follow(video);
      const { players } = window as unknown as { players: HTMLAudioElement[] };
      const tracks = players
        .filter((player) => player.autoplay && !player.muted && !player.paused)
        .flatMap((player) => (player.srcObject instanceof MediaStream ? player.srcObject.getAudioTracks() : []));
      const now = performance.now();
      if (tracks.map(isLoud).some(Boolean)) heardAtMs = now;
      longest.pictureMs = Math.max(longest.pictureMs, now - shownAtMs);
      longest.soundMs = Math.max(longest.soundMs, now - heardAtMs);
    }, 10);
    return {
      take: () => {
        const taken = { ...longest };
        Object.assign(longest, { pictureMs: 0, soundMs: 0 });
        return taken;
      },
    };
  });
  return () => watch.evaluate((gaps) => gaps.take());
}
