import type { Scenarios } from "@/e2e/conformance/page/stage";
import { framesArrive } from "@/lib/rtc/embedded/testing/painted-media";

const STATE = "connection-state-change";

export const LOST_SIGNALLING: Scenarios = {
  "the signalling is lost for a while: RECONNECTING, then CONNECTED; the picture never stops": async (stage) => {
    const { rohit, riya } = await stage.two();
    await Promise.all([rohit.sees(riya), riya.sees(rohit)]);
    const picture = rohit.userOf(riya).videoTrack?.getMediaStreamTrack();
    const before = { rohit: rohit.told("user-").length, riya: riya.told("user-").length };
    await rohit.seat.cutSignalling();
    await rohit.hearsOf(STATE, 3);
    stage.expect("state", rohit.client.connectionState, "RECONNECTING");
    if (picture) await framesArrive(picture, 5);
    await rohit.seat.mendSignalling();
    await rohit.hearsOf(STATE, 4);
    stage.expect("states", rohit.states.slice(2), [
      `${STATE} RECONNECTING CONNECTED`,
      `${STATE} CONNECTED RECONNECTING`,
    ]);
    await Promise.all([rohit.sees(riya), rohit.hears(riya), riya.sees(rohit), riya.hears(rohit)]);
    stage.expect(
      "the picture is the same track",
      rohit.userOf(riya).videoTrack?.getMediaStreamTrack() === picture,
      true,
    );
    stage.expect("told of the other", rohit.told("user-").slice(before.rohit), []);
    stage.expect("told to the other", riya.told("user-").slice(before.riya), []);
  },

  "what the others did while the signalling was lost is told afterwards": async (stage) => {
    const { rohit, riya } = await stage.two();
    const rahul = await stage.joined("rahul");
    await rahul.client.publish(rahul.video);
    await rohit.knows(rahul, { video: true });
    await rohit.seat.cutSignalling();
    await rohit.hearsOf(STATE, 3);
    await riya.video.setMuted(true);
    await rahul.client.leave();
    await rohit.seat.mendSignalling();
    await rohit.hearsOf(STATE, 4);
    await rohit.knows(riya, { audio: true, video: false });
    const left = await rohit.hearsOf("user-left", 1);
    stage.expect("who left", left[0]?.split(" ").slice(0, 2), ["user-left", "rahul"]);
    await riya.video.setMuted(false);
    await rohit.knows(riya, { video: true });
    await rohit.sees(riya);
  },

  "muted while the signalling was lost, seen as muted afterwards": async (stage) => {
    const { rohit, riya } = await stage.two();
    await riya.sees(rohit);
    await rohit.seat.cutSignalling();
    await rohit.hearsOf(STATE, 3);
    const muted = rohit.video.setMuted(true);
    await rohit.seat.mendSignalling();
    await muted;
    await riya.knows(rohit, { audio: true, video: false });
    await rohit.hearsOf(STATE, 4);
    stage.expect("state", rohit.client.connectionState, "CONNECTED");
  },
};
