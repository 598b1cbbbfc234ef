/** The date in words, which turns into a box where an exact day can be typed. */

import type { DayState } from "../journey/daystate";
import { dayName } from "../journey/dayname";
import { dayInWords } from "../lib/dates";
import { getElement, getInput, setText } from "../lib/dom";

export class DateEntry {
  readonly #state: DayState;
  readonly #goTo: (day: number) => void;
  readonly #box = getInput("date-entry");

  constructor(state: DayState, goTo: (day: number) => void) {
    this.#state = state;
    this.#goTo = goTo;
    getElement("date").addEventListener("click", () => this.#open());
    this.#box.addEventListener("blur", () => this.#close());
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#box.addEventListener("input", () => setText("date-problem", ""));
  }

  #open(): void {
    document.documentElement.classList.add("asking");
    const { overview, moment } = this.#state;
    this.#box.value = overview || !moment ? "" : dayName(moment);
    this.#box.focus();
    this.#box.select();
  }

  /** No form does this: the frame's sandbox submits none. */
  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.#closeByKey();
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.#take();
  }

  #take(): void {
    const { itinerary } = this.#state;
    const day = itinerary.dayOf(this.#box.value.trim());
    const { first, last } = itinerary.data;
    if (day === null) {
      setText("date-problem", "Not a day: write 17 May 1917 or 1917-05-17.");
    } else if (day < first || day > last) {
      setText("date-problem", `Outside the journey: ${dayInWords(first)} to ${dayInWords(last)}.`);
    } else {
      this.#closeByKey();
      this.#goTo(day);
    }
  }

  #close(): void {
    document.documentElement.classList.remove("asking");
    setText("date-problem", "");
  }

  /** Close, and give the keyboard back to the date. */
  #closeByKey(): void {
    this.#close();
    getElement("date").focus();
  }
}
