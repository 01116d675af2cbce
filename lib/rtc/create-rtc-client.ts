import type { IAgoraRTCClient } from "agora-rtc-react";
import type { Transport } from "@/lib/contracts/http";
import { createAgoraClient } from "./agora-client";
import { EmbeddedClient } from "./embedded/embedded-client";
import type { Signalling } from "./embedded/signalling";
import { asSdkType } from "./sdk-type";

/**
 * The one place that knows there are two transports: everything above it sees an `IAgoraRTCClient`.
 *
 * @param options.signalling the tab's way to the other pages; used by `embedded` only
 */
export function createRtcClient(options: { transport: Transport; signalling: Signalling }): IAgoraRTCClient {
  switch (options.transport) {
    case "agora":
      return createAgoraClient();
    case "embedded":
      return asSdkType<IAgoraRTCClient>(new EmbeddedClient(options.signalling));
    default:
      return options.transport satisfies never;
  }
}
