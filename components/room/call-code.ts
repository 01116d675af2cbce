import { LaterCode } from "@/lib/later-code";

/** What draws the call: not needed while a person looks at themselves, and here before they click. */
export const callCode = new LaterCode(() => import("./call-view"));
