import { LaterButton } from "@/components/later/later";
import { parts } from "@/components/later/parts-code";
import type { Uid } from "@/lib/contracts/identifiers";
import { MemberButton } from "./member-button";
import { useIsHostOf } from "./use-hosting";

/** On the tile of someone else, for the host: what can be done with them. */
export function MemberActions({ uid, className }: { uid: Uid; className: string }) {
  if (!useIsHostOf(uid)) return null;
  return (
    <LaterButton
      code={parts}
      stub={(onClick) => (
        <MemberButton uid={uid} className={className} aria-haspopup="menu" aria-expanded={false} onClick={onClick} />
      )}
    >
      {({ MemberMenu }, isOpenAtFirst) => <MemberMenu uid={uid} className={className} isOpenAtFirst={isOpenAtFirst} />}
    </LaterButton>
  );
}
