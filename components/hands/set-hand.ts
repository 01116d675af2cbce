import { showToast } from "@/components/ui/toast";
import { AppError } from "@/lib/app-error";
import type { CallSession } from "@/lib/call/call-session";
import type { Uid } from "@/lib/contracts/identifiers";

/** Raises or lowers this person's hand, or as a host lowers another's; says it when that fails. */
export async function setHand(session: CallSession, isRaised: boolean, uid?: Uid): Promise<void> {
  try {
    await session.setHand(isRaised, uid);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    showToast(`The hand could not be ${isRaised ? "raised" : "lowered"}. ${error.message}`, { id: "hand" });
  }
}

/** Raises this person's hand, or lowers it when it is up. */
export function toggleHand(session: CallSession): Promise<void> {
  const { players, stay } = session.store.getState();
  const self = stay ? players[stay.credentials.uid] : undefined;
  return setHand(session, self === undefined || self.handRaisedAt === null);
}
