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
  return hasFailed ? toasts.map((toast) => <PlainToast key={toast.id} {...toast} />) : null;
}

/** Where the network gave no better: in the page's flow, until it is put away. */
function PlainToast({ id, text, action }: Toast) {
  return (
    <div role="status" className="relative z-40 flex items-center gap-3 bg-raised px-5 py-2 text-sm">
      <p className="min-w-0 flex-1">{text}</p>
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
  );
}
