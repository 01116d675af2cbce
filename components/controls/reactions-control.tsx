import { LaterButton } from "@/components/later/later";
import { parts } from "@/components/later/parts-code";
import { ReactionsButton } from "./reactions-button";

/** In the call's controls. */
export function ReactionsControl() {
  return (
    <LaterButton
      code={parts}
      stub={(onClick) => <ReactionsButton aria-haspopup="menu" aria-expanded={false} onClick={onClick} />}
    >
      {({ ReactionsMenu }, isOpenAtFirst) => <ReactionsMenu isOpenAtFirst={isOpenAtFirst} />}
    </LaterButton>
  );
}
