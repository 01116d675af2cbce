import { createStore, type StoreApi } from "zustand/vanilla";
import { logWarning } from "./log";

export interface LaterCodeState<Module> {
  module: Module | null;
  /** The last try did not bring it; another may. */
  hasFailed: boolean;
}

/**
 * Code that the first picture does without, in a file of its own. Not `React.lazy`: what is here already is drawn in the same
 * commit, and what cannot be loaded can be asked for again.
 */
export class LaterCode<Module> {
  readonly store: StoreApi<LaterCodeState<Module>>;
  readonly #bring: () => Promise<Module>;
  #loading: Promise<void> | undefined;

  /** @param bring an `import()`; asked again after it has failed */
  constructor(bring: () => Promise<Module>) {
    this.#bring = bring;
    this.store = createStore(() => ({ module: null, hasFailed: false }));
  }

  /** Loads it, if it is neither here nor on its way. Never rejects: what came of it is in the store. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    this.store.setState({ hasFailed: false });
    try {
      this.store.setState({ module: await this.#bring() });
    } catch (error) {
      logWarning("A part of the page could not be loaded.", error);
      this.#loading = undefined;
      this.store.setState({ hasFailed: true });
    }
  }
}
