/** Work that may wait until the next frame is painted; asked for several times until then, it is done once. */
export class AfterFrame {
  readonly #work: () => void;
  #frame = 0;
  #timer = 0;

  constructor(work: () => void) {
    this.#work = work;
  }

  /** Whether it is still to be done. */
  get asked(): boolean {
    return this.#frame !== 0 || this.#timer !== 0;
  }

  /** Do it after the next frame. */
  ask(): void {
    if (this.asked) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      // A frame's callbacks come before its painting, timers after it.
      this.#timer = window.setTimeout(() => this.now());
    });
  }

  /** Do it at once, and not again for having been asked. */
  now(): void {
    this.cancel();
    this.#work();
  }

  /** Leave it undone. */
  cancel(): void {
    cancelAnimationFrame(this.#frame);
    window.clearTimeout(this.#timer);
    this.#frame = this.#timer = 0;
  }
}
