import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { LaterCode } from "@/lib/later-code";
import { Button } from "./button";

export interface ToastOptions {
  /** A toast takes the place of the one with the same id: what is said again is not said twice. */
  id: string;
  action?: { label: string; onClick: () => void };
  /** `Infinity`: until it is dismissed or `dismissToast` takes it away. */
  durationMs?: number;
}

interface Toast extends ToastOptions {
  text: string;
}

/** Most visits show no toast, and none at first: what draws them is loaded for the first one, or when the call is idle. */
const toaster = new LaterCode(() => import("./toaster"));

/** What is to be said as soon as it can be drawn. */
const waiting = createStore<readonly Toast[]>(() => []);

/** Says what has just happened. What stays wrong belongs where it can be mended, in an alert of its own, not in a toast. */
export function showToast(text: string, options: ToastOptions): void {
  waiting.setState((toasts) => [...without(options.id, toasts), { text, ...options }], true);
}

export function dismissToast(id: string): void {
  waiting.setState((toasts) => without(id, toasts), true);
  toaster.store.getState().module?.dismiss(id);
}

/** Before there is anything to say. */
export function loadToaster(): void {
  void toaster.load();
}

function without(id: string, toasts: readonly Toast[]): readonly Toast[] {
  return toasts.some((toast) => toast.id === id) ? toasts.filter((toast) => toast.id !== id) : toasts;
}

/** Where toasts appear, once in the room's screen. */
export function Toasts() {
  const toasts = useStore(waiting);
  const { module, hasFailed } = useStore(toaster.store);
  useEffect(() => {
    if (toasts.length === 0) return;
    if (!module) return loadToaster();
    // After the effects of what is drawn here, which listens by now.
    for (const { text, ...options } of toasts) module.show(text, options);
    waiting.setState([], true);
  }, [module, toasts]);
  if (module) return <module.Toaster />;
  return hasFailed ? <PlainToasts toasts={toasts} /> : null;
}

/** Where the network gave no better: each until it is put away. */
function PlainToasts({ toasts }: { toasts: readonly Toast[] }) {
  return (
    <section
      aria-label="Notices"
      className="fixed inset-x-3 top-[calc(env(safe-area-inset-top)+3.75rem)] z-50 mx-auto flex max-w-md flex-col gap-2 text-sm"
    >
      {toasts.map(({ id, text, action }) => (
        <div
          key={id}
          className="flex items-center gap-2 rounded-2xl bg-raised py-2 pr-2 pl-5 shadow-xl ring-1 ring-line"
        >
          <p role="status" className="min-w-0 flex-1">
            {text}
          </p>
          {action ? (
            <Button
              className="h-9! px-3.5! text-sm"
              onClick={() => {
                action.onClick();
                dismissToast(id);
              }}
            >
              {action.label}
            </Button>
          ) : null}
          <Button tone="quiet" className="h-9! bg-line! px-3.5! text-sm" onClick={() => dismissToast(id)}>
            Close
          </Button>
        </div>
      ))}
    </section>
  );
}
