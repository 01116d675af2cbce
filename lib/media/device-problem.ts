import type { AgoraRTCErrorCode } from "agora-rtc-react";
import * as z from "zod/mini";

export type DeviceKind = "microphone" | "camera";

/** Why a camera or microphone gives nothing. */
export type DeviceProblem = "refused" | "missing" | "busy" | "insecure" | "lost" | "failed";

const CodedError = z.object({ code: z.string() });

/** By the SDK's codes. (Its types declare the enum as a value too, but its script does not export it.) */
const PROBLEM_OF_CODE: Partial<Record<`${AgoraRTCErrorCode}`, DeviceProblem>> = {
  PERMISSION_DENIED: "refused",
  DEVICE_NOT_FOUND: "missing",
  CONSTRAINT_NOT_SATISFIED: "missing",
  NOT_READABLE: "busy",
};

/** Tells from what the SDK throws, and from where the page is, why a device could not be had. */
export function deviceProblemOf(error: unknown): DeviceProblem {
  if (!window.isSecureContext) return "insecure";
  const coded = z.safeParse(CodedError, error);
  if (!coded.success || !isKnown(coded.data.code)) return "failed";
  return PROBLEM_OF_CODE[coded.data.code] ?? "failed";
}

function isKnown(code: string): code is keyof typeof PROBLEM_OF_CODE {
  return Object.hasOwn(PROBLEM_OF_CODE, code);
}
