import type { ReactNode } from "react";

/** One kind of setting: its heading, and beneath it what can be set. */
export function SettingsSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="font-medium text-muted text-sm">{title}</h3>
      {children}
    </section>
  );
}
