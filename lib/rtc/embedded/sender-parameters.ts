/**
 * Changes what a sender's encoders are to do, if there is anything to change. Two at once for one sender refuse each other.
 *
 * @param change changes the parameters in place; returns whether it has
 * @throws {DOMException} `InvalidStateError` when the connection is closed, `InvalidModificationError`
 */
export async function changeParameters(
  sender: RTCRtpSender,
  change: (parameters: RTCRtpSendParameters) => boolean,
): Promise<void> {
  for (let isAgain = false; ; isAgain = true) {
    const parameters = sender.getParameters();
    if (!change(parameters)) return;
    try {
      await sender.setParameters(parameters);
      return;
    } catch (error) {
      // A description that was just being applied changes others of them, and what was read before does not fit any more.
      if (isAgain || !(error instanceof DOMException) || error.name !== "InvalidModificationError") throw error;
    }
  }
}
