/** How the road's lines are drawn on canvas, in the colours of the page's theme; in SVG `road.css` and `ways.css` say the same. */

import type { By } from "../journey/data";
import { lastUpTo } from "../lib/numbers";

export interface LineStyle {
  colour: string;
  /** In px. */
  width: number;
  opacity: number;
  /** Lengths of dashes and gaps in px. */
  dash: number[];
  cap: CanvasLineCap;
}

/** A line, and what lies below it. */
export interface CasedLine {
  casing: LineStyle;
  line: LineStyle;
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
  readonly wholeCasing: LineStyle;
  readonly whole: LineStyle;
  readonly ahead: LineStyle;
  /** Of legs to come that are too many for their dots to be told apart. */
  readonly aheadDense: LineStyle;
  readonly #route: string;
  readonly #paper: string;

  constructor() {
    const style = getComputedStyle(document.documentElement);
    const read = (name: string) => style.getPropertyValue(name).trim();
    this.#route = read("--route");
    this.#paper = read("--casing");
    this.wholeCasing = solid(this.#paper, 4, 0.75);
    this.whole = solid(this.#route, 1.8, 0.5);
    this.ahead = dashed(solid(read("--ahead"), 1.3, 0.9), [0.1, 5]);
    this.aheadDense = solid(read("--ahead"), 0.8, 0.3);
  }

  /** A run of a leg travelled. Rails have ties and a road two sides, which take the place of the casing. */
  run(by: By, age: number): CasedLine {
    const casing = solid(this.#paper, 4.2, 0.75);
    const line = solid(this.#route, 2.2, AGED[age]!);
    switch (by) {
      case "":
        return { casing, line };
      case "rail":
        return {
          casing: dashed({ ...line, width: 6.4, cap: "butt" }, [1, 8]),
          line: { ...line, width: 1.7 },
        };
      case "road":
        return { casing: { ...line, width: 3.8 }, line: solid(this.#paper, 1.5, 1) };
      case "ship":
        return { casing, line: dashed(line, [7, 5.5]) };
      case "sledge":
        return { casing, line: dashed(line, [6, 4.5, 0.1, 4.5]) };
      case "foot":
        return { casing, line: dashed({ ...line, width: 2.6 }, [0.1, 4.6]) };
      case "air":
        return { casing, line: dashed({ ...line, width: 1.2 }, [15, 6]) };
    }
  }
}

function solid(colour: string, width: number, opacity: number): LineStyle {
  return { colour, width, opacity, dash: [], cap: "round" };
}

function dashed(line: LineStyle, dash: number[]): LineStyle {
  return { ...line, dash };
}
