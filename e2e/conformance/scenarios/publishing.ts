import { outcomeOf } from "@/e2e/conformance/page/checks";
import type { Scenarios } from "@/e2e/conformance/page/stage";

export const PUBLISHING: Scenarios = {
  "publish one, then another, then both again": async (stage) => {
    const rohit = await stage.joined("rohit");
    const riya = await stage.joined("riya");
    await riya.hearsOf("user-", 1);
    await rohit.client.publish(rohit.video);
    await riya.knows(rohit, { audio: false, video: true });
    await rohit.client.publish([rohit.audio]);
    await riya.knows(rohit, { audio: true, video: true });
    stage.expect("again", await outcomeOf(rohit.client.publish([rohit.audio, rohit.video])), "ok");
    stage.expect("tracks", rohit.client.localTracks.length, 2);
    await riya.sees(rohit);
    await riya.hears(rohit);
    stage.expect("events", riya.told("user-").slice(1), [
      "user-published rohit video [rohit:-v]",
      "user-published rohit audio [rohit:av]",
    ]);
  },

  "publish several at once": async (stage) => {
    const { rohit, riya } = await stage.two();
    stage.expect(
      "tracks",
      [rohit.audio, rohit.video].map((track) => rohit.client.localTracks.includes(track)),
      [true, true],
    );
    await riya.sees(rohit);
    await riya.hears(rohit);
    await rohit.sees(riya);
    await rohit.hears(riya);
  },

  "publish what is no track, or nothing": async (stage) => {
    const { client } = await stage.joined("rohit");
    const noTrack: typeof client.localTracks = JSON.parse("[{}]");
    stage.expect("no track", await outcomeOf(client.publish(noTrack)), "INVALID_PARAMS");
    stage.expect("nothing", await outcomeOf(client.publish([])), "INVALID_PARAMS");
  },

  "publish a disabled track: TRACK_IS_DISABLED": async (stage) => {
    const { client, audio, video } = await stage.joined("rohit");
    await video.setEnabled(false);
    stage.expect("alone", await outcomeOf(client.publish(video)), "TRACK_IS_DISABLED");
    stage.expect("with another", await outcomeOf(client.publish([audio, video])), "TRACK_IS_DISABLED");
    stage.expect("tracks", client.localTracks.length, 0);
    await video.setEnabled(true);
    stage.expect("enabled", await outcomeOf(client.publish([audio, video])), "ok");
  },

  "publish two videos: CAN_NOT_PUBLISH_MULTIPLE_VIDEO_TRACKS": async (stage) => {
    const rohit = await stage.joined("rohit");
    const { client, video } = rohit;
    const other = rohit.makeVideo("lime");
    const refused = "CAN_NOT_PUBLISH_MULTIPLE_VIDEO_TRACKS";
    stage.expect("at once", await outcomeOf(client.publish([video, other])), refused);
    await client.publish(video);
    stage.expect("one by one", await outcomeOf(client.publish(other)), refused);
    stage.expect("tracks", client.localTracks.length, 1);
  },

  "publish two sounds: they are mixed": async (stage) => {
    const rohit = await stage.joined("rohit");
    await rohit.client.publish(rohit.audio);
    stage.expect("outcome", await outcomeOf(rohit.client.publish(rohit.makeAudio(600))), "ok", {
      embedded: {
        is: "NOT_SUPPORTED",
        because: "this app publishes one microphone; a mixer for a second one would be code that nothing runs",
      },
    });
  },

  "unpublish nothing, what is not published, and all": async (stage) => {
    const { rohit, riya } = await stage.two();
    const before = riya.told("user-").length;
    stage.expect("an empty list", await outcomeOf(rohit.client.unpublish([])), "ok");
    stage.expect("another's track", await outcomeOf(rohit.client.unpublish([riya.video])), "ok");
    stage.expect("tracks", rohit.client.localTracks.length, 2);
    await riya.sees(rohit);
    stage.expect("events", riya.told("user-").slice(before), []);
    await rohit.client.unpublish();
    await riya.knows(rohit, { audio: false, video: false });
    stage.expect("no tracks", rohit.client.localTracks.length, 0);
  },

  "unpublish and publish again: the other side is told, and sees it again": async (stage) => {
    const { rohit, riya } = await stage.two();
    await riya.sees(rohit);
    const before = riya.told("user-").length;
    await rohit.client.unpublish(rohit.video);
    const user = await riya.knows(rohit, { video: false });
    stage.expect("track", user.videoTrack === undefined, true);
    await rohit.client.publish(rohit.video);
    await riya.knows(rohit, { video: true });
    await riya.sees(rohit);
    const video = riya
      .told("user-")
      .slice(before)
      .filter((line) => line.includes("video"));
    const back = "user-published rohit video [rohit:av]";
    stage.expect("events", video, ["user-unpublished rohit video [rohit:--]", back], {
      embedded: {
        is: ["user-unpublished rohit video [rohit:a-]", back],
        because: "Agora takes both kinds away at once and tells of the other again; here the other is not touched",
      },
    });
  },

  "a muted track is published, and comes when it is unmuted": async (stage) => {
    const rohit = await stage.joined("rohit");
    const riya = await stage.joined("riya");
    await rohit.video.setMuted(true);
    await rohit.client.publish([rohit.audio, rohit.video]);
    await riya.knows(rohit, { audio: true, video: false });
    await rohit.video.setMuted(false);
    await riya.knows(rohit, { audio: true, video: true });
    await riya.sees(rohit);
  },
};
