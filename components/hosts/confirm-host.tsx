import type { Uid } from "@/lib/contracts/identifiers";
import { Confirm, type QuestionDialog } from "./confirm";
import { useHosting } from "./use-hosting";

/** Before the room is given to another host. */
export function ConfirmHost({ uid, name, ...dialog }: { uid: Uid; name: string } & QuestionDialog) {
  const perform = useHosting();
  return (
    <Confirm
      title="Make host"
      action="Make host"
      onConfirm={() => perform((hosting) => hosting.makeHost(uid))}
      {...dialog}
    >
      <bdi className="text-ink">{name}</bdi> will lock the room, let people in, mute and remove them, and you no longer.
    </Confirm>
  );
}
