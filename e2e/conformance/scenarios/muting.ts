import { eventually } from "@/e2e/conformance/page/checks";
import type { Person } from "@/e2e/conformance/page/person";
import type { Scenario, Scenarios, Stage } from "@/e2e/conformance/page/stage";

type Kind = "audio" | "video";

async function arrives(riya: Person, rohit: Person, kind: Kind): Promise<void> {
  if (kind === "video") await riya.sees(rohit);
  else await riya.hears(rohit);
}

/** Turns something of Rohit's off and on again, and looks at it from Riya's side. */
function offAndOn(kind: Kind, turn: (rohit: Person, isOn: boolean) => Promise<void>): Scenario {
  const off = kind === "audio" ? "-v" : "a-";
  return async (stage: Stage) => {
    const { rohit, riya } = await stage.two();
    await arrives(riya, rohit, kind);
    const before = riya.told("user-").length;
    await turn(rohit, false);
    const user = await riya.knows(rohit, { [kind]: false });
    stage.expect("its track", user[`${kind}Track`] === undefined, true);
    stage.expect("told", riya.told("user-").slice(before), [
      `user-info-updated rohit mute-${kind} [rohit:${off}]`,
      `user-unpublished rohit ${kind} [rohit:${off}]`,
    ]);
    await turn(rohit, true);
    await riya.knows(rohit, { [kind]: true });
    stage.expect("told again", riya.told("user-").slice(before + 2), [
      `user-info-updated rohit unmute-${kind} [rohit:av]`,
      `user-published rohit ${kind} [rohit:av]`,
    ]);
    stage.expect("still published", rohit.client.localTracks.length, 2);
    await arrives(riya, rohit, kind);
  };
}

export const MUTING: Scenarios = {
  "mute and unmute the sound, as seen from the other side": offAndOn("audio", ({ audio }, isOn) =>
    audio.setMuted(!isOn),
  ),
  "mute and unmute the picture, as seen from the other side": offAndOn("video", ({ video }, isOn) =>
    video.setMuted(!isOn),
  ),
  "disable and enable the sound, as seen from the other side": offAndOn("audio", ({ audio }, isOn) =>
    audio.setEnabled(isOn),
  ),
  "disable and enable the picture, as seen from the other side": offAndOn("video", ({ video }, isOn) =>
    video.setEnabled(isOn),
  ),

  "a camera that is disabled and enabled films again": async (stage) => {
    const rohit = await stage.joined("rohit");
    const riya = await stage.joined("riya");
    const camera = rohit.own(await stage.client.sdk.createCameraVideoTrack());
    await rohit.client.publish(camera);
    await riya.knows(rohit, { video: true });
    await riya.sees(rohit, "red");
    const before = camera.getMediaStreamTrack();
    await camera.setEnabled(false);
    await riya.knows(rohit, { video: false });
    stage.expect("the camera", before.readyState, "ended");
    await camera.setEnabled(true);
    stage.expect("the MediaStreamTrack is another", camera.getMediaStreamTrack() === before, false);
    await riya.knows(rohit, { video: true });
    await riya.sees(rohit, "red");
  },

  "mute and unmute at once, again and again, end as last said": async (stage) => {
    const { rohit, riya } = await stage.two();
    for (let round = 0; round < 5; round++) {
      await Promise.all([rohit.video.setMuted(true), rohit.video.setMuted(false)]);
    }
    await eventually(() => {
      if (!riya.userOf(rohit).hasVideo) throw new Error("It stays muted.");
    });
    await riya.sees(rohit);
  },
};
