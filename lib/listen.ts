/**
 * Adds an event listener.
 *
 * @returns its own disposer
 */
export function listen<K extends keyof WindowEventMap>(
  target: Window,
  type: K,
  listener: (event: WindowEventMap[K]) => void,
): () => void;
export function listen<K extends keyof DocumentEventMap>(
  target: Document,
  type: K,
  listener: (event: DocumentEventMap[K]) => void,
): () => void;
export function listen(target: EventTarget, type: string, listener: (event: never) => void): () => void {
  const handle = listener as EventListener;
  target.addEventListener(type, handle);
  return () => target.removeEventListener(type, handle);
}
