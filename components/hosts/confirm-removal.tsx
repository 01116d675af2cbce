import type { Uid } from "@/lib/contracts/identifiers";
import { Confirm, type QuestionDialog } from "./confirm";
import { useHosting } from "./use-hosting";

/** Before someone is put out. */
export function ConfirmRemoval({ uid, name, ...dialog }: { uid: Uid; name: string } & QuestionDialog) {
  const perform = useHosting();
  return (
    <Confirm
      title="Remove from the call"
      action="Remove"
      onConfirm={() => perform((hosting) => hosting.remove(uid))}
      {...dialog}
    >
      <bdi className="text-ink">{name}</bdi> is put out and told so. The room is locked: they and everyone who comes
      after have to knock.
    </Confirm>
  );
}
