import { outcomeOf } from "@/e2e/conformance/page/checks";
import type { Scenarios } from "@/e2e/conformance/page/stage";

const STATE = "connection-state-change";

export const JOINING: Scenarios = {
  "join and leave: each state, the one before, and the reason": async (stage) => {
    const rohit = await stage.person("rohit");
    stage.expect("state before", rohit.client.connectionState, "DISCONNECTED");
    stage.expect("what join answers is the uid", (await rohit.join()) === rohit.uid, true);
    stage.expect(
      "in the call",
      [rohit.client.connectionState, rohit.client.uid === rohit.uid, rohit.client.channelName === rohit.seat.room],
      ["CONNECTED", true, true],
    );
    await rohit.client.leave();
    stage.expect("states", rohit.states, [
      `${STATE} CONNECTING DISCONNECTED`,
      `${STATE} CONNECTED CONNECTING`,
      `${STATE} DISCONNECTING CONNECTED`,
      `${STATE} DISCONNECTED DISCONNECTING LEAVE`,
    ]);
    stage.expect("after leave", [rohit.client.connectionState, rohit.client.uid], ["DISCONNECTED", undefined]);
  },

  "leave without join, and twice, is no error": async (stage) => {
    const rohit = await stage.person("rohit");
    stage.expect("before join", await outcomeOf(rohit.client.leave()), "ok");
    await rohit.join();
    const both = await Promise.all([outcomeOf(rohit.client.leave()), outcomeOf(rohit.client.leave())]);
    stage.expect("twice at once", both, ["ok", "ok"]);
    stage.expect("states", rohit.states.length, 4);
  },

  "join twice: the second is refused, the first goes on": async (stage) => {
    const rohit = await stage.person("rohit");
    const outcomes = await Promise.all([outcomeOf(rohit.join()), outcomeOf(rohit.join())]);
    stage.expect("at once", outcomes, ["ok", "INVALID_OPERATION"]);
    stage.expect("when in", await outcomeOf(rohit.join()), "INVALID_OPERATION");
    stage.expect("state", rohit.client.connectionState, "CONNECTED");
  },

  "join during leave waits for its end, and is in": async (stage) => {
    const rohit = await stage.joined("rohit");
    const left = rohit.client.leave();
    const joined = rohit.join();
    stage.expect("outcomes", await Promise.all([outcomeOf(left), outcomeOf(joined)]), ["ok", "ok"]);
    stage.expect("states", rohit.states.slice(2), [
      `${STATE} DISCONNECTING CONNECTED`,
      `${STATE} DISCONNECTED DISCONNECTING LEAVE`,
      `${STATE} CONNECTING DISCONNECTED`,
      `${STATE} CONNECTED CONNECTING`,
    ]);
  },

  "join that a listener calls while the client leaves waits for the end": async (stage) => {
    const rohit = await stage.joined("rohit");
    let joined: Promise<string> | undefined;
    rohit.client.on(STATE, (state) => {
      if (state === "DISCONNECTING") joined ??= outcomeOf(rohit.join());
    });
    await rohit.client.leave();
    stage.expect("outcome", await joined, "ok");
    stage.expect("states", rohit.states.slice(2), [
      `${STATE} DISCONNECTING CONNECTED`,
      `${STATE} DISCONNECTED DISCONNECTING LEAVE`,
      `${STATE} CONNECTING DISCONNECTED`,
      `${STATE} CONNECTED CONNECTING`,
    ]);
  },

  "leave during join: the join is aborted, and the next one gets in": async (stage) => {
    const rohit = await stage.person("rohit");
    const joined = outcomeOf(rohit.join());
    await rohit.client.leave();
    stage.expect("outcome", await joined, "OPERATION_ABORTED");
    stage.expect("states", rohit.states, [
      `${STATE} CONNECTING DISCONNECTED`,
      `${STATE} DISCONNECTING CONNECTING`,
      `${STATE} DISCONNECTED DISCONNECTING`,
    ]);
    stage.expect("again", await outcomeOf(rohit.join()), "ok");
  },

  "join, leave, join without waiting, as React's StrictMode does": async (stage) => {
    const rohit = await stage.person("rohit");
    const outcomes = [outcomeOf(rohit.join()), outcomeOf(rohit.client.leave()), outcomeOf(rohit.join())];
    stage.expect("outcomes", await Promise.all(outcomes), ["OPERATION_ABORTED", "ok", "ok"]);
    stage.expect("state", rohit.client.connectionState, "CONNECTED");
  },

  "what needs a call is refused before it": async (stage) => {
    const { client, video } = await stage.person("rohit");
    stage.expect("publish", await outcomeOf(client.publish(video)), "INVALID_OPERATION");
    stage.expect("unpublish", await outcomeOf(client.unpublish()), "INVALID_OPERATION");
    stage.expect("subscribe", await outcomeOf(client.subscribe(99, "video")), "INVALID_REMOTE_USER");
    stage.expect("renewToken", await outcomeOf(client.renewToken("007new")), "INVALID_OPERATION");
  },

  "join with a token that is none, or another room's, is refused": async (stage) => {
    const rohit = await stage.person("rohit");
    const { appId, room, uid } = rohit.seat;
    const other = await stage.seatElsewhere();
    const join = (token: string) => outcomeOf(rohit.client.join(appId, room, token, uid));
    stage.expect("no token", await join("007none"), "CAN_NOT_GET_GATEWAY_SERVER");
    stage.expect("another room's", await join(other.token), "CAN_NOT_GET_GATEWAY_SERVER");
    stage.expect("state", rohit.client.connectionState, "DISCONNECTED");
    stage.expect("states", rohit.states, [
      `${STATE} CONNECTING DISCONNECTED`,
      `${STATE} DISCONNECTED CONNECTING`,
      `${STATE} CONNECTING DISCONNECTED`,
      `${STATE} DISCONNECTED CONNECTING`,
    ]);
    stage.expect("the right one, then", await outcomeOf(rohit.join()), "ok");
  },

  "the same uid joins elsewhere: out, with UID_BANNED": async (stage) => {
    const { rohit, riya } = await stage.two();
    await rohit.seat.joinElsewhere();
    await rohit.hearsOf(STATE, 3);
    stage.expect("states", rohit.states.slice(2), [`${STATE} DISCONNECTED CONNECTED UID_BANNED`]);
    stage.expect("tracks", [rohit.client.localTracks.length, rohit.client.remoteUsers.length], [0, 0]);
    const left = await riya.hearsOf("user-left", 1);
    stage.expect("the others", left[0]?.split(" ").slice(0, 2), ["user-left", "rohit"]);
  },
};
