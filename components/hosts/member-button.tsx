import { EllipsisVertical } from "lucide-react";
import type { ComponentProps } from "react";
import { useCall } from "@/components/room/call-context";
import { displayNameOf } from "@/lib/call/name-marks";
import type { Uid } from "@/lib/contracts/identifiers";

interface MemberButtonProps extends Omit<ComponentProps<"button">, "children"> {
  uid: Uid;
}

/** Opens what can be done with someone. */
export function MemberButton({ uid, className = "", ...props }: MemberButtonProps) {
  const name = useCall((state) => displayNameOf(state, uid));
  return (
    <button
      type="button"
      aria-label={`Actions for ${name}`}
      title={`Actions for ${name}`}
      className={`inline-flex items-center justify-center text-ink transition-colors [&>svg]:size-[18px] ${className}`}
      {...props}
    >
      <EllipsisVertical aria-hidden="true" />
    </button>
  );
}
