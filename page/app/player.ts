/** Lets the days run by themselves, at one of a few speeds. */

import { getElement, setText } from "../lib/dom";
import { countOf } from "../lib/numbers";

/** Seconds that a year takes, from slow to fast. */
const SECONDS_PER_YEAR = [8, 4, 2, 1] as const;
const FIRST_SPEED = 1;
/** A frame that comes later than this, in ms, as from a tab in the background, is no leap of years. */
const LONGEST_FRAME = 100;
const DAYS_PER_YEAR = 365.25;

export class Player {
  playing = false;
  readonly #show: (day: number) => boolean;
  /** Time of the last frame in ms, and the day with its fraction. */
  #clock = 0;
  #day = 0;
  #speed = FIRST_SPEED;

  /** `show` shows a day and tells whether there are days left. */
  constructor(show: (day: number) => boolean) {
    this.#show = show;
    this.#setSpeed(FIRST_SPEED);
    getElement("speed").addEventListener("click", () =>
      this.#setSpeed((this.#speed + 1) % SECONDS_PER_YEAR.length),
    );
  }

  /** Run on from a day. */
  play(day: number): void {
    this.#setPlaying(true);
    this.#day = day;
    this.#clock = performance.now();
    requestAnimationFrame((now) => this.#tick(now));
  }

  pause(): void {
    if (this.playing) this.#setPlaying(false);
  }

  get #secondsPerYear(): number {
    return SECONDS_PER_YEAR[this.#speed] ?? SECONDS_PER_YEAR[FIRST_SPEED];
  }

  #tick(now: number): void {
    if (!this.playing) return;
    const seconds = Math.min(LONGEST_FRAME, now - this.#clock) / 1000;
    this.#clock = now;
    this.#day += (seconds * DAYS_PER_YEAR) / this.#secondsPerYear;
    if (this.#show(Math.floor(this.#day))) requestAnimationFrame((next) => this.#tick(next));
  }

  #setPlaying(playing: boolean): void {
    this.playing = playing;
    document.documentElement.classList.toggle("playing", playing);
    getElement("play").setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  #setSpeed(speed: number): void {
    this.#speed = speed;
    setText("speed", `1 year in ${this.#secondsPerYear} s`);
    getElement("speed").setAttribute(
      "aria-label",
      `Speed: a year in ${countOf(this.#secondsPerYear, "second")}`,
    );
  }
}
