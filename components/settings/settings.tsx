import { LaterButton } from "@/components/later/later";
import { parts } from "@/components/later/parts-code";
import { SettingsButton } from "./settings-button";

/** In the call's controls. */
export function Settings() {
  return (
    <LaterButton
      code={parts}
      stub={(onClick) => <SettingsButton aria-haspopup="dialog" aria-expanded={false} onClick={onClick} />}
    >
      {({ SettingsDialog }, isOpenAtFirst) => <SettingsDialog isOpenAtFirst={isOpenAtFirst} />}
    </LaterButton>
  );
}
