"use strict";

/** The date in words, which turns into a box where an exact day can be typed. */
class DateEntry {
  /** @param {JourneyData} data @param {() => string} current words of the day shown @param {(day: number) => void} goTo */
  constructor(data, current, goTo) {
    this.data = data;
    this.current = current;
    this.goTo = goTo;
    this.box = /** @type {HTMLInputElement} */ (part("date-entry"));
    part("date").addEventListener("click", () => this.open());
    this.box.addEventListener("blur", () => this.close(false));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("input", () => say("date-problem", ""));
  }

  open() {
    document.documentElement.classList.add("asking");
    this.box.value = this.current();
    this.box.focus();
    this.box.select();
  }

  /** No form does this: the frame's sandbox submits none. @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape") this.close(true);
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.take();
  }

  take() {
    const day = readDay(this.box.value);
    const { first, last } = this.data;
    if (day === null) {
      say("date-problem", "Not a day: write 17 May 1917 or 1917-05-17.");
    } else if (day < first || day > last) {
      say("date-problem", `Outside the journey: ${dayInWords(first)} to ${dayInWords(last)}.`);
    } else {
      this.close(true);
      this.goTo(day);
    }
  }

  /** @param {boolean} back whether the keyboard goes back to the date */
  close(back) {
    document.documentElement.classList.remove("asking");
    say("date-problem", "");
    if (back) part("date").focus();
  }
}
