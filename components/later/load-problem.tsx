import { Button } from "@/components/ui/button";

interface LoadProblemProps {
  onRetry: () => void;
  onClose: () => void;
}

/** That what was to open could not be loaded: over the call, which goes on. */
export function LoadProblem({ onRetry, onClose }: LoadProblemProps) {
  return (
    <div
      role="alert"
      className="fixed inset-x-3 bottom-[calc(env(safe-area-inset-bottom)+6rem)] z-50 mx-auto flex w-fit flex-wrap items-center gap-x-4 gap-y-2 rounded-2xl bg-raised py-3 pr-3 pl-5 text-sm shadow-xl ring-1 ring-line"
    >
      <p>This could not be loaded. The connection may have been lost.</p>
      <div className="flex gap-2">
        <Button className="h-10! px-4! text-sm" onClick={onRetry}>
          Try again
        </Button>
        <Button tone="quiet" className="h-10! bg-line! px-4! text-sm" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}
