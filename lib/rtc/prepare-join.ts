import type { IAgoraRTCClient, ILocalTrack } from "agora-rtc-react";
import type { Credentials } from "@/lib/contracts/http";
import { EmbeddedClient } from "./embedded/embedded-client";

/**
 * Has a client do ahead what it can before its seat is there; of that nothing leaves the page. The SDK has nothing of the kind.
 *
 * @param credentials those of the lobby
 * @param tracks what is going to be published
 * @returns gives it up, where no join comes of it
 */
export function prepareJoin(
  client: IAgoraRTCClient,
  credentials: Credentials,
  tracks: () => ILocalTrack[],
): () => void {
  const asked: unknown = client;
  return asked instanceof EmbeddedClient ? asked.prepare(credentials, tracks) : () => undefined;
}
