/** The time bar's scale: days and px along its axis. */

import { dayOf, yearOf } from "../lib/dates";

export class TimeScale {
  /** The first year and the year after the last. */
  readonly years: [number, number];
  /** Their first days. */
  readonly range: [number, number];

  /** `x0` and `x1` are the ends of the axis, in px. */
  constructor(
    first: number,
    last: number,
    readonly x0: number,
    readonly x1: number,
  ) {
    this.years = [yearOf(first), yearOf(last) + 1];
    this.range = [dayOf(this.years[0]), dayOf(this.years[1])];
  }

  /** Length of the axis, in px. */
  get width(): number {
    return this.x1 - this.x0;
  }

  x(day: number): number {
    return this.x0 + ((day - this.range[0]) / (this.range[1] - this.range[0])) * this.width;
  }

  xOfYear(year: number): number {
    return this.x(dayOf(year));
  }

  /** The day, with fraction, at a place along the axis. */
  day(x: number): number {
    return this.range[0] + ((x - this.x0) / this.width) * (this.range[1] - this.range[0]);
  }

  includes(day: number): boolean {
    return day >= this.range[0] && day <= this.range[1];
  }

  /** The ends and round years between, as many as there is room for at `room` px a label. */
  labelledYears(room: number): number[] {
    const [first, last] = [this.years[0], this.years[1] - 1];
    const most = this.width / room;
    const step = STEPS.find((size) => (last - first) / size <= most) ?? LARGEST_STEP;
    const years = first === last ? [first] : [first, last];
    for (let year = Math.ceil((first + 1) / step) * step; year < last; year += step) {
      if (year - first > step / 2.2 && last - year > step / 2.2) years.push(year);
    }
    return years;
  }
}

/** Years between two labels. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const LARGEST_STEP = 2000;
