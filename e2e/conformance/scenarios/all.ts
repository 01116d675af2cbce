import type { Scenarios } from "@/e2e/conformance/page/stage";
import { DUAL_STREAM } from "./dual-stream";
import { JOINING } from "./joining";
import { LOST_SIGNALLING } from "./lost-signalling";
import { MEASURING } from "./measuring";
import { MUTING } from "./muting";
import { PRESENCE } from "./presence";
import { PUBLISHING } from "./publishing";
import { REPLACING } from "./replacing";
import { SUBSCRIBING } from "./subscribing";
import { TOKENS } from "./tokens";

/**
 * What this app relies on in an `IAgoraRTCClient`. What is expected is what the SDK does; where another client may do
 * otherwise, the scenario says so and why.
 */
export const ALL_SCENARIOS: Scenarios = {
  ...JOINING,
  ...PRESENCE,
  ...PUBLISHING,
  ...MUTING,
  ...REPLACING,
  ...SUBSCRIBING,
  ...DUAL_STREAM,
  ...MEASURING,
  ...LOST_SIGNALLING,
  ...TOKENS,
};
