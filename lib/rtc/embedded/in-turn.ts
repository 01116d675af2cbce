/** Does what it is asked for one after another, each when the one before it has ended. */
export class InTurn {
  #last: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  /** Whoever asks hears of a failure; it keeps no later one from being tried. */
  run(work: () => Promise<void>): Promise<void> {
    const running = this.#last.then(work);
    this.#last = running.then(
      () => undefined,
      () => undefined,
    );
    return running;
  }

  /** As `run`; where one waits its turn already that is enough: it does what is right when it begins. */
  runOnce(work: () => Promise<void>): Promise<void> {
    this.#waiting ??= this.run(() => {
      this.#waiting = undefined;
      return work();
    });
    return this.#waiting;
  }
}
