import { eventually, outcomeOf } from "@/e2e/conformance/page/checks";
import type { Scenarios } from "@/e2e/conformance/page/stage";

export const SUBSCRIBING: Scenarios = {
  "subscribe before anything is published is refused": async (stage) => {
    const rohit = await stage.joined("rohit");
    const riya = await stage.joined("riya");
    await riya.hearsOf("user-", 1);
    const user = riya.userOf(rohit);
    stage.expect("whom nobody knows", await outcomeOf(riya.client.subscribe(99, "video")), "INVALID_REMOTE_USER");
    stage.expect("nothing published", await outcomeOf(riya.client.subscribe(user, "video")), "INVALID_REMOTE_USER");
    await rohit.client.publish(rohit.audio);
    await riya.knows(rohit, { audio: true });
    stage.expect(
      "only the other kind",
      await outcomeOf(riya.client.subscribe(user, "video")),
      "REMOTE_USER_IS_NOT_PUBLISHED",
    );
  },

  "subscribe after they have left, or this one has, is refused": async (stage) => {
    const { rohit, riya } = await stage.two();
    const user = riya.userOf(rohit);
    await rohit.client.leave();
    await riya.hearsOf("user-left", 1);
    stage.expect("they have left", await outcomeOf(riya.client.subscribe(user, "video")), "INVALID_REMOTE_USER");
    await riya.client.leave();
    stage.expect("this one has", await outcomeOf(riya.client.subscribe(user, "video")), "INVALID_OPERATION");
  },

  "subscribe twice, at once and later, gives one track": async (stage) => {
    const { rohit, riya } = await stage.two();
    const user = riya.userOf(rohit);
    const [one, other] = await Promise.all([
      riya.client.subscribe(user, "video"),
      riya.client.subscribe(user, "video"),
    ]);
    const later = await riya.client.subscribe(rohit.uid, "video");
    stage.expect("tracks", [one === other, one === later, user.videoTrack === one], [true, true, true]);
    stage.expect("whose it is", one.getUserId() === rohit.uid, true);
    await riya.sees(rohit);
  },

  "unsubscribe and subscribe again: the picture is back": async (stage) => {
    const { rohit, riya } = await stage.two();
    await riya.sees(rohit);
    const user = riya.userOf(rohit);
    const before = riya.told("user-").length;
    await riya.client.unsubscribe(user, "video");
    stage.expect("track", user.videoTrack === undefined, true);
    stage.expect("it is still there to be had", user.hasVideo, true);
    await riya.client.unsubscribe(user, "video");
    await riya.sees(rohit);
    await riya.client.subscribe(user, "audio");
    await riya.client.unsubscribe(user);
    stage.expect("both", [user.audioTrack === undefined, user.videoTrack === undefined], [true, true]);
    await riya.hears(rohit);
    await riya.sees(rohit);
    stage.expect("events", riya.told("user-").slice(before), []);
  },

  "a remote track plays in an element": async (stage) => {
    const { rohit, riya } = await stage.two();
    const track = await riya.client.subscribe(riya.userOf(rohit), "video");
    const tile = document.body.appendChild(document.createElement("div"));
    track.play(tile);
    await eventually(() => {
      if (!track.isPlaying || !tile.querySelector("video")) throw new Error("It does not play.");
    });
    track.stop();
    stage.expect("stopped", track.isPlaying, false);
    tile.remove();
  },

  "three people each get the right picture and the right tone": async (stage) => {
    const { rohit, riya } = await stage.two();
    const rahul = await stage.joined("rahul");
    await rahul.client.publish([rahul.audio, rahul.video]);
    for (const one of [rohit, riya, rahul]) {
      for (const other of [rohit, riya, rahul]) {
        if (one === other) continue;
        await one.knows(other, { audio: true, video: true });
        await one.sees(other);
        await one.hears(other);
      }
    }
  },
};
