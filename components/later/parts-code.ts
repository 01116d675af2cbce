import { LaterCode } from "@/lib/later-code";

/** What opens by a click or a key. */
export const parts = new LaterCode(() => import("./parts"));
