import type { IAgoraRTCClient } from "agora-rtc-react";
import type { Transport } from "@/lib/contracts/http";
import { logWarning } from "@/lib/log";
import { createAgoraClient, createAgoraScreenClient } from "./agora-client";
import { EmbeddedClient } from "./embedded/embedded-client";
import type { Signalling } from "./embedded/signalling";
import { LOW_STREAM } from "./low-stream";
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
      return createEmbeddedClient(options.signalling);
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

/** As Agora's: two sizes of each picture. */
function createEmbeddedClient(signalling: Signalling): IAgoraRTCClient {
  const client = new EmbeddedClient(signalling);
  client.setLowStreamParameter(LOW_STREAM);
  client.enableDualStream().catch((error: unknown) => logWarning("There is one size of picture only.", error));
  return asSdkType<IAgoraRTCClient>(client);
}
