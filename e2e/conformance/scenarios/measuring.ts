import { eventually } from "@/e2e/conformance/page/checks";
import type { Scenarios } from "@/e2e/conformance/page/stage";

function isTrue(what: string, isSo: boolean | undefined): void {
  if (!isSo) throw new Error(`${what} is not so.`);
}

export const MEASURING: Scenarios = {
  "the volume of a remote sound is true to what arrives": async (stage) => {
    const { rohit, riya } = await stage.two();
    const track = await riya.client.subscribe(riya.userOf(rohit), "audio");
    track.play();
    await eventually(() => isTrue(`A tone is loud: ${track.getVolumeLevel()}`, track.getVolumeLevel() > 0.2));
    await rohit.audio.setMuted(true);
    await eventually(() => isTrue(`A muted one is not: ${track.getVolumeLevel()}`, track.getVolumeLevel() < 0.05));
    stage.expect("the local one", rohit.audio.getVolumeLevel() >= 0, true);
  },

  "volume-indicator tells of this one and the others, in hundredths": async (stage) => {
    const { rohit, riya } = await stage.two();
    await riya.client.subscribe(riya.userOf(rohit), "audio");
    const levels = new Map<unknown, number>();
    riya.client.on("volume-indicator", (volumes) => {
      for (const { uid, level } of volumes) levels.set(uid, level);
    });
    riya.client.enableAudioVolumeIndicator();
    await eventually(() => {
      isTrue(`Rohit is heard: ${levels.get(rohit.uid)}`, (levels.get(rohit.uid) ?? 0) > 10);
      isTrue(`Riya is heard: ${levels.get(riya.uid)}`, (levels.get(riya.uid) ?? 0) > 10);
    });
    stage.expect("none is above 100", Math.max(...levels.values()) <= 100, true);
  },

  "network-quality comes, and is from 1 to 5": async (stage) => {
    const { rohit, riya } = await stage.two();
    await riya.sees(rohit);
    const grades: number[][] = [];
    riya.client.on("network-quality", ({ uplinkNetworkQuality, downlinkNetworkQuality }) => {
      grades.push([uplinkNetworkQuality, downlinkNetworkQuality]);
    });
    await eventually(() => {
      const [uplink, downlink] = grades.at(-1) ?? [];
      // Nothing better is asked: the SDK grades what the double reports of the way, and that is no network's.
      const isGrade = (grade: number | undefined) => grade !== undefined && grade >= 1 && grade <= 5;
      isTrue(`A grade is told: ${JSON.stringify(grades)}`, isGrade(uplink) && isGrade(downlink));
    });
    const ofRohit = riya.client.getRemoteNetworkQuality()[rohit.uid];
    stage.expect("of the other", typeof ofRohit?.uplinkNetworkQuality, "number");
  },

  "statistics are true to what flows": async (stage) => {
    const { rohit, riya } = await stage.two();
    await Promise.all([riya.sees(rohit), riya.hears(rohit)]);
    const { client } = riya;
    await eventually(() => {
      const call = client.getRTCStats();
      isTrue("Someone else is there", call.UserCount === 2);
      isTrue(`It receives (${call.RecvBitrate}) and sends (${call.SendBitrate})`, call.RecvBitrate > 1000);
      const video = client.getRemoteVideoStats()[rohit.uid];
      isTrue(
        `The picture is 160 by 120: ${JSON.stringify(video)}`,
        video?.receiveResolutionWidth === 160 && video.receiveResolutionHeight === 120,
      );
      isTrue("Frames arrive", (video?.receiveFrameRate ?? 0) > 2);
      isTrue("Sound arrives", (client.getRemoteAudioStats()[rohit.uid]?.receiveBitrate ?? 0) > 1000);
    });
    await rohit.sees(riya);
    await eventually(() => {
      const sent = client.getLocalVideoStats();
      isTrue(`The picture sent is 160 wide: ${sent.sendResolutionWidth}`, sent.sendResolutionWidth === 160);
      isTrue("Sound is sent", client.getLocalAudioStats().sendPackets > 0);
    });
  },
};
