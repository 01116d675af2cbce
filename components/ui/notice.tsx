import type { ReactNode } from "react";
import { FocusedHeading } from "./focused-heading";
import { Logo } from "./logo";

interface NoticeProps {
  title: string;
  text: string;
  /** What can be done about it, before the way back to the lobby. */
  children?: ReactNode;
}

/** A whole page for an end or a failure: a sentence and a way on, never a blank page. */
export function Notice({ title, text, children }: NoticeProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-page">
      <Logo />
      <FocusedHeading className="text-2xl font-semibold tracking-tight outline-none">{title}</FocusedHeading>
      <p role="alert" className="text-muted">
        {text}
      </p>
      <div className="mt-2 flex flex-wrap gap-3">
        {children}
        {/* No `Link`: its code would be in the first file of each page, for one that has failed. */}
        <a
          href="/"
          className="inline-flex h-12 items-center rounded-xl bg-raised px-5 font-medium transition-colors hover:bg-line"
        >
          Back to the lobby
        </a>
      </div>
    </main>
  );
}
