/** How the road's lines are drawn on canvas, in the colours of the page's theme; in SVG `road.css` says the same. */

import { lastUpTo } from "../lib/numbers";

export interface LineStyle {
  colour: string;
  /** In px. */
  width: number;
  opacity: number;
  /** Lengths of dashes and gaps in px. */
  dash: number[];
}

/** Opacity of a leg by its age: how many of `FADING_YEARS` it is older than. */
const AGED = [1, 0.82, 0.64, 0.48];
/** Years after which a leg is drawn one step fainter. */
const FADING_YEARS = [2, 6, 14];
const DAYS_PER_YEAR = 365.25;

/** How many legs have faded so often or more on a day, of such last days. */
export function olderThan(arrivals: readonly number[], day: number): number[] {
  // A leg fades on the day after it has become so old.
  return FADING_YEARS.map((years) => lastUpTo(arrivals, Math.ceil(day - years * DAYS_PER_YEAR) - 1) + 1);
}

/** How often a leg has faded, where so many have. */
export function ageOf(leg: number, older: readonly number[]): number {
  return older.filter((count) => leg < count).length;
}

export class RoadStyle {
  readonly casing: LineStyle;
  readonly wholeCasing: LineStyle;
  readonly whole: LineStyle;
  readonly ahead: LineStyle;
  /** Of legs to come that are too many for their dots to be told apart. */
  readonly aheadDense: LineStyle;
  readonly #route: string;

  constructor() {
    const style = getComputedStyle(document.documentElement);
    const read = (name: string) => style.getPropertyValue(name).trim();
    this.#route = read("--route");
    this.casing = solid(read("--casing"), 4.2, 0.75);
    this.wholeCasing = solid(read("--casing"), 4, 0.75);
    this.whole = solid(this.#route, 1.8, 0.5);
    this.ahead = { colour: read("--ahead"), width: 1.3, opacity: 0.9, dash: [0.1, 5] };
    this.aheadDense = solid(read("--ahead"), 0.8, 0.3);
  }

  /** A leg travelled, by its age. */
  past(age: number): LineStyle {
    return solid(this.#route, 2.2, AGED[age]!);
  }
}

function solid(colour: string, width: number, opacity: number): LineStyle {
  return { colour, width, opacity, dash: [] };
}
