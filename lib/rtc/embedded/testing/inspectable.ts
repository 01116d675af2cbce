import { EmbeddedClient } from "@/lib/rtc/embedded/embedded-client";
import type { LinkInspector } from "@/lib/rtc/link-details";
import type { Participant } from "./participant";

/** What the SDK has no getters for. */
export function inspectable({ client }: Participant): LinkInspector {
  const embedded: unknown = client;
  if (!(embedded instanceof EmbeddedClient)) throw new Error("This client has no links of its own.");
  return embedded;
}
