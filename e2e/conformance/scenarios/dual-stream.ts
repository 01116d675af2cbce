import { eventually } from "@/e2e/conformance/page/checks";
import type { Person } from "@/e2e/conformance/page/person";
import type { Scenarios, Stage } from "@/e2e/conformance/page/stage";
import { widthSeenIn } from "@/lib/rtc/embedded/testing/painted-media";

const HIGH = 0;
const LOW = 1;
/** Of smaller ones a browser makes no two sizes for one relay at once. */
const WHOLE = { width: 480, height: 270 };
/** A browser begins with a smaller picture, until it knows what its network and this computer bear. */
const FULL_SIZE_MS = 30_000;
const SMALL = { width: 160, height: 90 };

/** Rohit publishes a picture and its small copy, or the picture alone; Riya is there. */
async function rohitAndRiya(stage: Stage, { isDual }: { isDual: boolean }): Promise<{ rohit: Person; riya: Person }> {
  const rohit = await stage.person("rohit");
  if (isDual) {
    await rohit.client.setLowStreamParameter({ ...SMALL, framerate: 10, bitrate: 100 });
    await rohit.client.enableDualStream();
  }
  await rohit.join();
  const riya = await stage.joined("riya");
  await rohit.client.publish(rohit.makeVideo("red", WHOLE));
  await riya.knows(rohit, { video: true });
  return { rohit, riya };
}

async function receives(riya: Person, rohit: Person, width: number): Promise<void> {
  const track = await riya.client.subscribe(riya.userOf(rohit), "video");
  await eventually(async () => {
    const seen = await widthSeenIn(track.getMediaStreamTrack());
    if (seen !== width) throw new Error(`The picture is ${seen} wide, not ${width}.`);
  }, FULL_SIZE_MS);
  await riya.sees(rohit, "red");
}

export const DUAL_STREAM: Scenarios = {
  "the low stream is smaller, and the high one comes back": async (stage) => {
    const { rohit, riya } = await rohitAndRiya(stage, { isDual: true });
    await receives(riya, rohit, WHOLE.width);
    const before = riya.told("user-").length;
    await riya.client.setRemoteVideoStreamType(rohit.uid, LOW);
    await receives(riya, rohit, SMALL.width);
    await riya.client.setRemoteVideoStreamType(rohit.uid, HIGH);
    await receives(riya, rohit, WHOLE.width);
    stage.expect("events", riya.told("user-").slice(before), []);
  },

  "the low stream asked for before subscribing is what comes, at this one alone": async (stage) => {
    const { rohit, riya } = await rohitAndRiya(stage, { isDual: true });
    const rahul = await stage.joined("rahul");
    await rahul.knows(rohit, { video: true });
    await riya.client.setRemoteVideoStreamType(rohit.uid, LOW);
    await receives(riya, rohit, SMALL.width);
    await receives(rahul, rohit, WHOLE.width);
  },

  "the low stream of who publishes none is the whole picture": async (stage) => {
    const { rohit, riya } = await rohitAndRiya(stage, { isDual: false });
    await riya.client.setRemoteVideoStreamType(rohit.uid, LOW);
    await receives(riya, rohit, WHOLE.width);
  },

  "the low stream goes on after a mute, and after the picture is unpublished and published again": async (stage) => {
    const { rohit, riya } = await rohitAndRiya(stage, { isDual: true });
    const [video] = rohit.client.localTracks;
    if (!video) throw new Error("Rohit publishes nothing.");
    await riya.client.setRemoteVideoStreamType(rohit.uid, LOW);
    await receives(riya, rohit, SMALL.width);
    await video.setMuted(true);
    await riya.knows(rohit, { video: false });
    await video.setMuted(false);
    await riya.knows(rohit, { video: true });
    await receives(riya, rohit, SMALL.width);
    await rohit.client.unpublish(video);
    await riya.knows(rohit, { video: false });
    await rohit.client.publish(video);
    await riya.knows(rohit, { video: true });
    await receives(riya, rohit, SMALL.width);
  },
};
