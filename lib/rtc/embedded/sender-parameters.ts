/** What each sender was set to last, as JSON: to ask it holds up the page for as long as the browser is busy with a description. */
const settings = new WeakMap<RTCRtpSender, string>();

/**
 * Has a sender's encoders do what is wanted, if they do not yet. By this alone, and not twice at once: they would refuse each other.
 *
 * @param wanted what `change` sets, and all that it depends on
 * @param change changes the parameters in place; returns whether it has
 * @throws {DOMException} `InvalidStateError` when the connection is closed, `InvalidModificationError`
 */
export async function changeParameters(
  sender: RTCRtpSender,
  wanted: unknown,
  change: (parameters: RTCRtpSendParameters) => boolean,
): Promise<void> {
  const setting = JSON.stringify(wanted);
  if (settings.get(sender) === setting) return;
  for (let isAgain = false; ; isAgain = true) {
    const parameters = sender.getParameters();
    // Some browsers have none before a description.
    if (parameters.encodings.length === 0) return;
    if (!change(parameters)) break;
    try {
      await sender.setParameters(parameters);
      break;
    } catch (error) {
      // A description that was just being applied changes others of them, and what was read before does not fit any more.
      if (isAgain || !(error instanceof DOMException) || error.name !== "InvalidModificationError") throw error;
    }
  }
  settings.set(sender, setting);
}
