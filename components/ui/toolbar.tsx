import * as Radix from "@radix-ui/react-toolbar";
import type { ReactNode } from "react";

interface ToolbarProps {
  label: string;
  className: string;
  children?: ReactNode;
}

/** One stop of the Tab key for all its buttons, arrow keys between them (WAI-ARIA APG, toolbar). */
export function Toolbar({ label, className, children }: ToolbarProps) {
  return (
    <Radix.Root aria-label={label} className={className}>
      {children}
    </Radix.Root>
  );
}

export const ToolbarButton = Radix.Button;
