import type { IAgoraRTCClient } from "agora-rtc-react";
import { expect, test, vi } from "vitest";
import { watchSpeaking } from "./speaking";

test("who pauses between two sentences goes on being shown speaking, who is done does not", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  let level = 0.8;
  const user = { uid: 2, hasAudio: true, audioTrack: { getVolumeLevel: () => level } };
  const isSpeaking: boolean[] = [];
  const client = { remoteUsers: [user], localTracks: [], uid: undefined } as unknown as IAgoraRTCClient;
  const stopWatching = watchSpeaking(client, (_uid, change) => isSpeaking.push(change.isSpeaking));
  try {
    vi.advanceTimersByTime(200);
    level = 0;
    vi.advanceTimersByTime(800);
    expect(isSpeaking).toEqual(Array(5).fill(true));
    vi.advanceTimersByTime(400);
    expect(isSpeaking.at(-1)).toBe(false);
  } finally {
    stopWatching();
    vi.useRealTimers();
  }
});
