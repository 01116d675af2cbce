import { expectSame } from "@/e2e/conformance/page/checks";
import type { Scenarios } from "@/e2e/conformance/page/stage";

export const PRESENCE: Scenarios = {
  "someone comes, publishes, leaves: each event in order, remoteUsers changed before it": async (stage) => {
    const rohit = await stage.joined("rohit");
    const riya = await stage.joined("riya");
    await rohit.hearsOf("user-", 1);
    await riya.client.publish(riya.audio);
    await rohit.hearsOf("user-", 2);
    await riya.client.publish(riya.video);
    await rohit.hearsOf("user-", 3);
    const user = rohit.userOf(riya);
    await rohit.sees(riya);
    await riya.client.leave();
    const told = await rohit.hearsOf("user-left", 1);
    stage.expect("user-left", told.length, 1);
    stage.expect("events", rohit.told("user-"), [
      "user-joined riya [riya:--]",
      "user-published riya audio [riya:a-]",
      "user-published riya video [riya:av]",
      "user-unpublished riya audio [riya:--]",
      "user-unpublished riya video [riya:--]",
      "user-left riya Quit []",
    ]);
    stage.expect(
      "the user object afterwards",
      [user.hasAudio, user.hasVideo, user.audioTrack === undefined, user.videoTrack === undefined],
      [false, false, true, true],
    );
  },

  "who comes late is told of the people and tracks already there": async (stage) => {
    const rohit = await stage.joined("rohit");
    await rohit.client.publish([rohit.audio, rohit.video]);
    const riya = await stage.joined("riya");
    await riya.client.publish(riya.video);
    const rahul = await stage.joined("rahul");
    await rahul.knows(rohit, { audio: true, video: true });
    await rahul.knows(riya, { audio: false, video: true });
    const of = (name: string) =>
      rahul.told("user-").flatMap((line) => (line.split(" ")[1] === name ? [line.replace(/ \[.*/, "")] : []));
    stage.expect("of rohit", of("rohit"), [
      "user-joined rohit",
      "user-published rohit audio",
      "user-published rohit video",
    ]);
    stage.expect("of riya", of("riya"), ["user-joined riya", "user-published riya video"]);
    for (const line of rahul.told("user-")) expectSame(line, line.includes(`${line.split(" ")[1]}:`), true);
    await rahul.sees(rohit);
    await rahul.sees(riya);
    await rahul.hears(rohit);
  },

  "who comes late is told what is muted": async (stage) => {
    const rohit = await stage.joined("rohit");
    await rohit.client.publish([rohit.audio, rohit.video]);
    await rohit.video.setMuted(true);
    const riya = await stage.joined("riya");
    await riya.knows(rohit, { audio: true, video: false });
    await riya.hears(rohit);
    await rohit.video.setMuted(false);
    await riya.knows(rohit, { video: true });
    await riya.sees(rohit);
  },

  "who leaves and comes again is told of everyone again, and everyone of them": async (stage) => {
    const { rohit, riya } = await stage.two();
    await riya.client.leave();
    stage.expect("nobody is left behind", riya.client.remoteUsers.length, 0);
    await rohit.hearsOf("user-left", 1);
    const before = riya.told("user-").length;
    await riya.join();
    await riya.client.publish([riya.audio, riya.video]);
    await rohit.knows(riya, { audio: true, video: true });
    await riya.knows(rohit, { audio: true, video: true });
    const again = riya.told("user-").slice(before);
    stage.expect("events", again, [
      "user-joined rohit [rohit:--]",
      "user-published rohit audio [rohit:a-]",
      "user-published rohit video [rohit:av]",
    ]);
    await rohit.sees(riya);
    await riya.sees(rohit);
  },

  "leaving tells the one who leaves nothing of the others": async (stage) => {
    const { riya } = await stage.two();
    const before = riya.told("user-").length;
    await riya.client.leave();
    stage.expect("events", riya.told("user-").slice(before), []);
  },
};
