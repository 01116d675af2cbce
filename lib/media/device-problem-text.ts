import type { DeviceKind, DeviceProblem } from "./device-problem";

/** What is wrong with the devices, in sentences for a person: one for both where they failed for the same reason. */
export function deviceSentences(microphone: DeviceProblem | null, camera: DeviceProblem | null): string[] {
  if (microphone && microphone === camera) return [bothProblemsText(microphone)];
  return [
    ...(microphone ? [deviceProblemText("microphone", microphone)] : []),
    ...(camera ? [deviceProblemText("camera", camera)] : []),
  ];
}

/** The words for a person: what is wrong with the device and what to do about it. */
function deviceProblemText(kind: DeviceKind, problem: DeviceProblem): string {
  switch (problem) {
    case "refused":
      return `This browser refused the ${kind}. Allow it in the site settings beside the address, then turn it on again.`;
    case "missing":
      return `No ${kind} was found. Connect one and turn it on again.`;
    case "busy":
      return `The ${kind} can't be opened: another program may be using it. Close that program and turn it on again.`;
    case "insecure":
      return `Browsers give the ${kind} only to pages opened over HTTPS or on localhost.`;
    case "lost":
      return `The ${kind} was disconnected. Turn it on again to use another one.`;
    case "failed":
      return `The ${kind} could not be started. Turn it on again, or choose another one in the browser.`;
  }
}

/** One sentence for both at once, where both failed for the same reason. */
function bothProblemsText(problem: DeviceProblem): string {
  switch (problem) {
    case "refused":
      return "This browser refused the camera and the microphone. Allow them in the site settings beside the address.";
    case "missing":
      return "No camera and no microphone were found.";
    case "busy":
      return "Camera and microphone can't be opened: another program may be using them.";
    case "insecure":
      return "Browsers give camera and microphone only to pages opened over HTTPS or on localhost.";
    case "lost":
      return "Camera and microphone were disconnected.";
    case "failed":
      return "Camera and microphone could not be started.";
  }
}
