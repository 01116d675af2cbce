import AgoraRTC, { type IAgoraRTCClient, type ILocalTrack } from "agora-rtc-react";
import { afterEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import { linkDetailsOf, pictureLimitOf } from "@/lib/rtc/inspect-link";
import { allPublished, describeCall, eventually } from "./testing/call";
import { paintPicture, soundTone } from "./testing/painted-media";

const call = describeCall();
const disposers: (() => void)[] = [];
afterEach(() => {
  for (const dispose of disposers.splice(0)) dispose();
});

function otherVideo(): ILocalTrack {
  const { track, stop } = paintPicture("lime");
  const video = AgoraRTC.createCustomVideoTrack({ mediaStreamTrack: track });
  disposers.push(stop, () => video.close());
  return video;
}

function otherAudio(): ILocalTrack {
  const { track, stop } = soundTone(300);
  const audio = AgoraRTC.createCustomAudioTrack({ mediaStreamTrack: track });
  disposers.push(stop, () => audio.close());
  return audio;
}

const code = (name: string) => ({ code: name, name: "AgoraRTCException" });

test("join refuses what is no channel, token or uid, and a seat that is not ours", async () => {
  const { client, page } = call.person(11);
  const token = page.seat?.token ?? "";
  await expect(client.join("app", "", token, 11)).rejects.toMatchObject(code("INVALID_PARAMS"));
  await expect(client.join("app", "MAIN", "", 11)).rejects.toMatchObject(code("INVALID_PARAMS"));
  await expect(client.join("app", "MAIN", token, -1)).rejects.toMatchObject(code("INVALID_PARAMS"));
  await expect(client.join("app", "MAIN", token, 2 ** 32)).rejects.toMatchObject(code("INVALID_PARAMS"));
  await expect(client.join("app", "OTHER", token, 11)).rejects.toMatchObject(code("CAN_NOT_GET_GATEWAY_SERVER"));
  await expect(client.join("app", "MAIN", token, 12)).rejects.toMatchObject(code("CAN_NOT_GET_GATEWAY_SERVER"));
  page.refusal = new AppError("token_invalid", "No.");
  await expect(client.join("app", "MAIN", "007forged", 11)).rejects.toMatchObject(code("CAN_NOT_GET_GATEWAY_SERVER"));
  expect(client.connectionState).toBe("DISCONNECTED");
  expect(await client.join("app", "MAIN", token)).toBe(11);
  await expect(client.join("app", "MAIN", token, 11)).rejects.toMatchObject(code("INVALID_OPERATION"));
});

test("what needs a call is refused before it, with INVALID_OPERATION", async () => {
  const { client, video } = call.person(11);
  await expect(client.publish(video)).rejects.toMatchObject(code("INVALID_OPERATION"));
  await expect(client.unpublish()).rejects.toMatchObject(code("INVALID_OPERATION"));
  await expect(client.subscribe(22, "video")).rejects.toMatchObject(code("INVALID_REMOTE_USER"));
  await expect(client.renewToken("007new")).rejects.toMatchObject(code("INVALID_OPERATION"));
});

test("publish refuses none, no track, a disabled one, a second picture, a second sound", async () => {
  const person = call.person(11);
  const { client, video, audio } = person;
  await person.join();
  await expect(client.publish([])).rejects.toMatchObject(code("INVALID_PARAMS"));
  const noTrack: Parameters<IAgoraRTCClient["publish"]>[0] = JSON.parse("{}");
  await expect(client.publish(noTrack)).rejects.toMatchObject(code("INVALID_PARAMS"));
  await expect(client.publish([video, otherVideo()])).rejects.toMatchObject(
    code("CAN_NOT_PUBLISH_MULTIPLE_VIDEO_TRACKS"),
  );
  expect(client.localTracks).toEqual([]);
  await video.setEnabled(false);
  await expect(client.publish(video)).rejects.toMatchObject(code("TRACK_IS_DISABLED"));
  await video.setEnabled(true);
  await client.publish([video, audio]);
  await client.publish(video);
  await expect(client.publish(otherVideo())).rejects.toMatchObject(code("CAN_NOT_PUBLISH_MULTIPLE_VIDEO_TRACKS"));
  await expect(client.publish(otherAudio())).rejects.toMatchObject(code("NOT_SUPPORTED"));
  expect(client.localTracks).toEqual([video, audio]);
});

test("subscribe refuses whom it does not know, and what is not published", async () => {
  const one = call.person(11);
  const other = call.person(22);
  await one.join();
  await other.join();
  await expect(one.client.subscribe(99, "video")).rejects.toMatchObject(code("INVALID_REMOTE_USER"));
  await eventually(() => one.userOf(other));
  const user = one.userOf(other);
  await expect(one.client.subscribe(user, "video")).rejects.toMatchObject(code("INVALID_REMOTE_USER"));
  await other.client.publish(other.audio);
  await eventually(() => expect(user.hasAudio).toBe(true));
  await expect(one.client.subscribe(user, "video")).rejects.toMatchObject(code("REMOTE_USER_IS_NOT_PUBLISHED"));
  const [first, again] = await Promise.all([one.client.subscribe(user, "audio"), one.client.subscribe(user, "audio")]);
  expect(again).toBe(first);
  expect(user.audioTrack).toBe(first);
  await other.client.leave();
  await eventually(() => expect(one.client.remoteUsers).toEqual([]));
  await expect(one.client.subscribe(user, "audio")).rejects.toMatchObject(code("INVALID_REMOTE_USER"));
  expect(user).toMatchObject({ hasAudio: false, hasVideo: false });
});

test("massSubscribe answers for each", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22);
  await other.join();
  await other.client.publish(other.audio);
  await eventually(() => expect(one.userOf(other).hasAudio).toBe(true));
  const user = one.userOf(other);
  const answers = await one.client.massSubscribe([
    { user, mediaType: "audio" },
    { user, mediaType: "video" },
  ]);
  expect(answers[0]?.track).toBe(user.audioTrack);
  expect(answers[1]?.error).toMatchObject(code("REMOTE_USER_IS_NOT_PUBLISHED"));
  await one.client.massUnsubscribe([{ user }]);
  expect(user.audioTrack).toBeUndefined();
});

test("a second picture size is asked for in a call only, and enabled once", async () => {
  const { client } = call.person(11);
  await expect(client.setRemoteVideoStreamType(22, 1)).rejects.toMatchObject(code("INVALID_OPERATION"));
  await client.enableDualStream();
  await expect(client.enableDualStream()).rejects.toMatchObject(code("INVALID_OPERATION"));
  await expect(client.setRemoteDefaultVideoStreamType(4)).rejects.toMatchObject(code("NOT_SUPPORTED"));
});

test("what is not built says so", async () => {
  const { client } = call.person(11);
  await expect(client.setStreamFallbackOption(22, 2)).rejects.toMatchObject(code("NOT_SUPPORTED"));
  await expect(client.presubscribe(22, "audio")).rejects.toMatchObject(code("NOT_SUPPORTED"));
  await expect(client.publish({ id: 1, ordered: true, metadata: "" })).rejects.toMatchObject(code("NOT_SUPPORTED"));
  expect(() => client.startProxyServer()).toThrow("NOT_SUPPORTED");
});

test("the token's end is warned of and told; a renewal puts both off", async () => {
  const person = call.person(11, { expiresInMs: 900, timings: { expiryWarningMs: 600 } });
  const told: string[] = [];
  person.client.on("token-privilege-will-expire", () => told.push("will"));
  person.client.on("token-privilege-did-expire", () => told.push("did"));
  await person.join();
  await eventually(() => expect(told).toEqual(["will"]));
  person.page.renewedForMs = 900;
  await person.client.renewToken("007renewed");
  expect(person.page.seat?.token).toBe("007renewed");
  await eventually(() => expect(told).toEqual(["will", "will"]));
  person.page.refusal = new AppError("wrong_room", "No.");
  await expect(person.client.renewToken("007other")).rejects.toMatchObject(code("UNEXPECTED_RESPONSE"));
  await eventually(() => expect(told).toEqual(["will", "will", "did"]));
  expect(person.client.connectionState).toBe("CONNECTED");
  person.page.end("token-expired");
  expect(person.events.at(-1)).toBe('connection-state-change "DISCONNECTED" "DISCONNECTING" "TOKEN_EXPIRE"');
});

test("the server's word that the token has ended comes before the event of it, as in the SDK", async () => {
  const person = call.person(11);
  const states: string[] = [];
  person.client.on("token-privilege-did-expire", () => states.push(person.client.connectionState));
  await person.join();
  person.page.end("token-expired");
  expect(states).toEqual(["DISCONNECTED"]);
});

test("a listener that throws does not keep the others from hearing", async () => {
  const told = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const { client, page } = call.person(11);
  const heard: string[] = [];
  client.on("connection-state-change", () => {
    throw new Error("in a listener");
  });
  const once = (state: string) => heard.push(`once ${state}`);
  client.once("connection-state-change", once);
  client.on("connection-state-change", (state) => heard.push(state));
  await client.join("app", "MAIN", page.seat?.token ?? "", 11);
  expect(heard).toEqual(["once CONNECTING", "CONNECTING", "CONNECTED"]);
  expect(told).toHaveBeenCalledTimes(2);
  told.mockRestore();
});

test("volumes, quality and statistics are true to what flows", async () => {
  const one = await call.person(11, { timings: { volumeMs: 100 } }).enter();
  const other = await call.person(22).enter();
  await allPublished(one, other);
  await Promise.all([one.client.subscribe(22, "audio"), one.client.subscribe(22, "video")]);
  one.client.enableAudioVolumeIndicator();
  const volumes = new Map<unknown, number>();
  one.client.on("volume-indicator", (levels) => {
    for (const { uid, level } of levels) volumes.set(uid, level);
  });
  await eventually(() => {
    expect(volumes.get(11)).toBeGreaterThan(10);
    expect(volumes.get(22)).toBeGreaterThan(10);
  });
  await eventually(() => {
    expect(one.client.getRemoteNetworkQuality()).toEqual({
      22: { uplinkNetworkQuality: 1, downlinkNetworkQuality: 1 },
    });
    expect(one.client.getNetworkQuality()).toEqual({ uplinkNetworkQuality: 1, downlinkNetworkQuality: 1 });
    expect(one.client.getRTCStats()).toMatchObject({ UserCount: 2, RecvBytes: expect.any(Number) });
    expect(one.client.getRTCStats().RecvBitrate).toBeGreaterThan(1000);
    expect(one.client.getLocalAudioStats().sendPackets).toBeGreaterThan(0);
    expect(one.client.getLocalVideoStats()).toMatchObject({ sendResolutionWidth: 160, captureResolutionHeight: 120 });
    expect(one.client.getRemoteAudioStats()[22]?.receiveBitrate).toBeGreaterThan(1000);
    expect(one.client.getRemoteVideoStats()[22]).toMatchObject({
      receiveResolutionWidth: 160,
      receiveResolutionHeight: 120,
    });
    expect(one.client.getRemoteVideoStats()[22]?.receiveFrameRate).toBeGreaterThan(3);
    expect(one.client.getRemoteAudioStats()[22]?.codecType).toBe("opus");
    expect(one.client.getLocalVideoStats().codecType).toBe("VP8");
    const details = linkDetailsOf(one.client, other.page.self.uid);
    expect(details).toMatchObject({ path: "direct", jitterMs: expect.any(Number) });
    expect(details.sentBitrate).toBeGreaterThan(1000);
    expect(pictureLimitOf(one.client)).toBe("nothing");
  });
});

test("several clients may hold one track", async () => {
  const one = call.person(11);
  const other = call.person(22);
  const viewer = call.person(33);
  await Promise.all([one.join(), other.join(), viewer.join()]);
  await one.client.publish(one.video);
  await other.client.publish(one.video);
  await eventually(() => expect(viewer.client.remoteUsers.map(({ hasVideo }) => hasVideo)).toEqual([true, true]));
  await one.video.setMuted(true);
  await eventually(() => expect(viewer.client.remoteUsers.map(({ hasVideo }) => hasVideo)).toEqual([false, false]));
  await one.client.leave();
  await one.video.setMuted(false);
  await eventually(() => expect(viewer.client.remoteUsers).toMatchObject([{ uid: 22, hasVideo: true }]));
});
