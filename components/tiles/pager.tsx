import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useCallSession, useView } from "@/components/room/call-context";

/** The way to those who find no room on the first page. */
export function Pager() {
  const { view } = useCallSession();
  const page = useView((state) => state.page);
  const pages = useView((state) => state.pages);
  const { left, width } = useView((state) => state.pager);
  if (pages === 1) return null;
  return (
    <nav
      aria-label="Pages of people"
      className="absolute bottom-0 flex items-center justify-center gap-3"
      style={{ left, width }}
    >
      <PageButton label="Previous page" isAtEnd={page === 0} onClick={() => view.showPage(page - 1)}>
        <ChevronLeft aria-hidden="true" />
      </PageButton>
      <p role="status" className="text-sm text-muted tabular-nums">
        Page {page + 1} of {pages}
      </p>
      <PageButton label="Next page" isAtEnd={page === pages - 1} onClick={() => view.showPage(page + 1)}>
        <ChevronRight aria-hidden="true" />
      </PageButton>
    </nav>
  );
}

interface PageButtonProps {
  label: string;
  /** Said, not `disabled`: a button that is disabled under the keyboard's focus loses it. */
  isAtEnd: boolean;
  onClick: () => void;
  children: ReactNode;
}

function PageButton({ label, isAtEnd, onClick, children }: PageButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={isAtEnd}
      onClick={onClick}
      className="inline-flex size-9 items-center justify-center rounded-full bg-raised transition-colors hover:bg-line aria-disabled:opacity-40 [&>svg]:size-5"
    >
      {children}
    </button>
  );
}
