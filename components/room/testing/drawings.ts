import { tileIdOf } from "@/lib/call/layout/tile-id";
import type { Uid } from "@/lib/contracts/identifiers";

/*
 * What React draws, by the hook that it has for its developer tools, which it looks for when it is loaded: this file has to be there before
 * `react-dom` is.
 */

/** As much of React's fiber as tells which components a commit has drawn. */
interface Fiber {
  type: unknown;
  flags: number;
  memoizedProps: { player?: { uid: Uid }; uid?: Uid; id?: string } | null;
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
}

/** `PerformedWork`: what React has drawn, by the flag that it sets for its developer tools. */
const PERFORMED_WORK = 1;

/** One drawing of a component, and whose it is where it is somebody's. */
export interface Drawing {
  component: string;
  of: string | undefined;
}

/** What has been drawn since this was emptied. */
export const drawings: Drawing[] = [];
let root: Fiber;

function nameOf({ type }: Fiber): string | undefined {
  // Inside of `memo` the bundler numbers a name that is there twice.
  return typeof type === "function" ? type.name.replace(/\d+$/, "") : undefined;
}

/** Whether a component is there just now. */
export function isThere(component: string, fiber = root): boolean {
  if (nameOf(fiber) === component) return true;
  for (let child = fiber.child; child; child = child.sibling) if (isThere(component, child)) return true;
  return false;
}

function noteDrawing(fiber: Fiber): void {
  const component = nameOf(fiber);
  if (component === undefined || (fiber.flags & PERFORMED_WORK) === 0) return;
  const { memoizedProps } = fiber;
  const uid = memoizedProps?.player?.uid ?? memoizedProps?.uid;
  drawings.push({ component, of: uid === undefined ? memoizedProps?.id : tileIdOf("camera", uid) });
}

/** Goes where the commit went, as React's developer tools do: what it left alone has the very children of before. */
function noteCommit(fiber: Fiber): void {
  const before = fiber.alternate;
  if (before && fiber.child === before.child) return;
  for (let child = fiber.child; child; child = child.sibling) {
    noteDrawing(child);
    noteCommit(child);
  }
}

Object.defineProperty(globalThis, "__REACT_DEVTOOLS_GLOBAL_HOOK__", {
  value: {
    supportsFiber: true,
    isDisabled: false,
    renderers: new Map(),
    checkDCE: () => undefined,
    inject: () => 1,
    onCommitFiberRoot: (_renderer: number, { current }: { current: Fiber }) => {
      root = current;
      noteCommit(current);
    },
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
  },
});
