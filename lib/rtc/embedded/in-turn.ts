/** Does what it is asked for one after another, each when the one before it has ended. */
export class InTurn {
  #last: Promise<void> = Promise.resolve();

  /** Whoever asks hears of a failure; it keeps no later one from being tried. */
  run(work: () => Promise<void>): Promise<void> {
    const running = this.#last.then(work);
    this.#last = running.then(
      () => undefined,
      () => undefined,
    );
    return running;
  }
}
