import { LaterButton } from "@/components/later/later";
import { parts } from "@/components/later/parts-code";
import { ViewButton } from "./view-button";

/** In the call's header. */
export function ViewControl() {
  return (
    <LaterButton
      code={parts}
      stub={(onClick) => <ViewButton aria-haspopup="menu" aria-expanded={false} onClick={onClick} />}
    >
      {({ ViewMenu }, isOpenAtFirst) => <ViewMenu isOpenAtFirst={isOpenAtFirst} />}
    </LaterButton>
  );
}
