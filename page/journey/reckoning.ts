/** How many days of each phase of the life have gone by. */

import type { RoadStay } from "./data";

/** A number of days; two where the dates that bound them are not exact. */
interface Days {
  least: number;
  most: number;
}

/** Stays of one phase that follow each other, and the days between which it began and ended. */
interface Run {
  phase: number;
  began: [first: number, last: number];
  ended: [first: number, last: number];
}

export class Reckoning {
  readonly #runs: Run[] = [];
  readonly #phases: number;

  /** A phase lasts from the coming to a stay until he leaves the last before one of another phase. */
  constructor(road: readonly RoadStay[], phases: number) {
    this.#phases = phases;
    for (const { phase, start, end, came, left } of road) {
      const ended: Run["ended"] = left ? [left.first, left.last] : [end, end];
      const run = this.#runs.at(-1);
      if (run?.phase === phase) run.ended = ended;
      else this.#runs.push({ phase, began: came ? [came.first, came.last] : [start, start], ended });
    }
  }

  /** Of each phase the days up to a day. */
  upTo(day: number): Days[] {
    const days = Array.from({ length: this.#phases }, (): Days => ({ least: 0, most: 0 }));
    for (const { phase, began, ended } of this.#runs) {
      const sum = days[phase]!;
      sum.least += Math.max(0, Math.min(day, ended[0]) - began[1]);
      sum.most += Math.max(0, Math.min(day, ended[1]) - began[0]);
    }
    return days;
  }
}

export function sumOf(days: readonly Days[]): Days {
  return {
    least: days.reduce((sum, { least }) => sum + least, 0),
    most: days.reduce((sum, { most }) => sum + most, 0),
  };
}
