import { randomBytes } from "node:crypto";
import type { AgoraDouble } from "@/e2e/agora-double/agora-double";
import type { TokenKeys } from "@/e2e/agora-double/tokens";

/** An app id and a certificate that are nobody's. */
export function newAgoraKeys(): TokenKeys {
  return { appId: randomBytes(16).toString("hex"), certificate: randomBytes(16).toString("hex") };
}

/** All that the app is told of Agora. */
export function agoraSettings({ keys }: AgoraDouble): { AGORA_APP_ID: string; AGORA_APP_CERTIFICATE: string } {
  return { AGORA_APP_ID: keys.appId, AGORA_APP_CERTIFICATE: keys.certificate };
}

/** Leads a browser to the double by the names of Agora's hosts, so that the app and the SDK are what they always are. */
export function agoraHostRules({ port }: AgoraDouble): string {
  return [
    // The edge, whose addresses name the port they are at.
    "MAP *.edge.agora.io 127.0.0.1",
    "MAP *.edge.sd-rtn.com 127.0.0.1",
    `MAP *.agora.io:443 127.0.0.1:${port}`,
    `MAP *.sd-rtn.com:443 127.0.0.1:${port}`,
  ].join(", ");
}

export function isAgoraHost(hostname: string): boolean {
  return /\.(agora\.io|sd-rtn\.com)$/.test(hostname);
}
