import type { AgoraRTCErrorCode } from "agora-rtc-react";
import * as v from "valibot";
import { readPermission } from "./device-permission";

export type DeviceKind = "microphone" | "camera";

/**
 * Why a camera or microphone gives nothing.
 *
 * - `refused`: the person, or a rule of the browser's, said no
 * - `unanswered`: the browser's question was closed, or has not been asked since the permission was taken back
 * - `system`: the browser may, by the person's word, but the operating system keeps the device from it
 * - `policy`: the page around this one, or a header, forbids it
 * - `insecure`: the page did not come over HTTPS
 * - `missing`: there is none; `lost`: there is none any more
 * - `busy`: another program has it, or the hardware fails
 * - `blur-slow`, `blur-failed`: the camera works, but not its blur, and it is not to be seen without
 */
export type DeviceProblem =
  | "refused"
  | "unanswered"
  | "system"
  | "policy"
  | "insecure"
  | "missing"
  | "lost"
  | "busy"
  | "failed"
  | "blur-slow"
  | "blur-failed";

const CodedError = v.object({ code: v.string() });

/** By the SDK's codes. (Its types declare the enum as a value too, but its script does not export it.) */
const CODE = {
  denied: "PERMISSION_DENIED",
  notFound: "DEVICE_NOT_FOUND",
  // Of an OverconstrainedError, after the SDK has tried twice; but of other errors, too.
  unexpected: "UNEXPECTED_ERROR",
  notReadable: "NOT_READABLE",
} as const satisfies Record<string, `${AgoraRTCErrorCode}`>;

/** Whether a device that was asked for by its id may not be there any more: then another one is worth a try. */
export function mayBeOfGoneDevice(error: unknown): boolean {
  const code = codeOf(error);
  return code === CODE.notFound || code === CODE.unexpected;
}

export function isDenial(error: unknown): boolean {
  return codeOf(error) === CODE.denied;
}

/** Tells from what the SDK throws, from where the page is and from what was permitted, why a device could not be had. */
export async function deviceProblemOf(kind: DeviceKind, error: unknown): Promise<DeviceProblem> {
  if (!window.isSecureContext) return "insecure";
  switch (codeOf(error)) {
    case CODE.denied:
      return isForbiddenByPolicy(kind) ? "policy" : problemOfPermission(await readPermission(kind));
    case CODE.notFound:
      return "missing";
    case CODE.notReadable:
      return "busy";
    default:
      return "failed";
  }
}

/** Why the browser says no, by what the person has permitted it. */
export function problemOfPermission(state: PermissionState | undefined): DeviceProblem {
  switch (state) {
    case "prompt":
      return "unanswered";
    // Chromium's and Safari's answer when the operating system's settings say no.
    case "granted":
      return "system";
    case "denied":
    case undefined:
      return "refused";
  }
}

function codeOf(error: unknown): string | undefined {
  const coded = v.safeParse(CodedError, error);
  return coded.success ? coded.output.code : undefined;
}

declare global {
  interface Document {
    /** Chromium's; other browsers tell a page nothing of it. */
    readonly featurePolicy?: { allowsFeature(feature: string): boolean };
  }
}

function isForbiddenByPolicy(kind: DeviceKind): boolean {
  return document.featurePolicy?.allowsFeature(kind) === false;
}
