import { LayoutDashboard } from "lucide-react";
import type { ComponentProps } from "react";

export function ViewButton(props: Omit<ComponentProps<"button">, "className" | "children">) {
  return (
    <button
      type="button"
      aria-label="View"
      title="View"
      className="inline-flex h-9 items-center gap-2 rounded-lg bg-raised px-2.5 text-sm text-ink transition-colors hover:bg-line"
      {...props}
    >
      <LayoutDashboard className="size-[18px]" aria-hidden="true" />
      <span className="max-sm:hidden">View</span>
    </button>
  );
}
