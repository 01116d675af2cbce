import { AgoraRTCErrorCode } from "agora-rtc-react";
import * as z from "zod/mini";

export type DeviceKind = "microphone" | "camera";

/** Why a camera or microphone gives nothing. */
export type DeviceProblem = "refused" | "missing" | "busy" | "insecure" | "lost" | "failed";

const CodedError = z.object({ code: z.string() });

/** Tells from what the SDK throws, and from where the page is, why a device could not be had. */
export function deviceProblemOf(error: unknown): DeviceProblem {
  if (!window.isSecureContext) return "insecure";
  const coded = z.safeParse(CodedError, error);
  switch (coded.success ? coded.data.code : undefined) {
    case AgoraRTCErrorCode.PERMISSION_DENIED:
      return "refused";
    case AgoraRTCErrorCode.DEVICE_NOT_FOUND:
    case AgoraRTCErrorCode.CONSTRAINT_NOT_SATISFIED:
      return "missing";
    case AgoraRTCErrorCode.NOT_READABLE:
      return "busy";
    default:
      return "failed";
  }
}
