import type { IAgoraRTCClient } from "agora-rtc-react";
import type { Transport } from "@/lib/contracts/http";
import { createAgoraClient, createAgoraScreenClient } from "./agora-client";
import { EmbeddedClient } from "./embedded/embedded-client";
import type { Signalling } from "./embedded/signalling";
import { asSdkType } from "./sdk-type";

interface ClientOptions {
  transport: Transport;
  /** The tab's way to the other pages; used by `embedded` only. */
  signalling: Signalling;
}

/** The one place that knows there are two transports: everything above it sees an `IAgoraRTCClient`. */
export function createRtcClient(options: ClientOptions): IAgoraRTCClient {
  switch (options.transport) {
    case "agora":
      return createAgoraClient();
    case "embedded":
      return asSdkType<IAgoraRTCClient>(new EmbeddedClient(options.signalling));
    default:
      return options.transport satisfies never;
  }
}

/** A client that publishes a screen and is given nothing. */
export function createScreenClient(options: ClientOptions): IAgoraRTCClient {
  switch (options.transport) {
    case "agora":
      return createAgoraScreenClient();
    case "embedded":
      // That it is a screen's stands in its seat.
      return asSdkType<IAgoraRTCClient>(new EmbeddedClient(options.signalling));
    default:
      return options.transport satisfies never;
  }
}
