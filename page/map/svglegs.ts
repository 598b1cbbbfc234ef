/** The lines of a road of few legs, in SVG: the browser paints again only what has changed. */

import type { By } from "../journey/data";
import type { DayState } from "../journey/daystate";
import type { Itinerary, Moment } from "../journey/itinerary";
import { svgElement } from "../lib/dom";
import type { LegLayer } from "./leglayer";
import { ageOf, olderThan } from "./roadstyle";

/** A run of a leg as it is drawn. */
interface RunLines {
  by: By;
  casing: SVGPathElement;
  line: SVGPathElement;
}

interface LegLines {
  runs: RunLines[];
  style: string;
}

export class SvgLegs implements LegLayer {
  readonly elements: HTMLElement[] = [];
  /** The last day of each leg. */
  readonly #arrivals: readonly number[];
  readonly #legs: LegLines[];
  readonly #pathsOf: (leg: number) => string[];

  /** `pathsOf` lays a leg out in px of `svg`, run by run. */
  constructor(svg: SVGSVGElement, itinerary: Itinerary, pathsOf: (leg: number) => string[]) {
    const [casings, lines] = ["casings", "legs"].map((name) => svgElement("g", { class: name }, svg));
    this.#pathsOf = pathsOf;
    this.#arrivals = itinerary.legs.map((leg) => itinerary.spanOf(leg)[1]);
    this.#legs = itinerary.legs.map(({ course }) => ({
      runs: course.runs.map(({ by }) => ({
        by,
        casing: svgElement("path", { class: "casing" }, casings),
        line: svgElement("path", { class: "leg" }, lines),
      })),
      style: "",
    }));
  }

  project(): void {
    this.#legs.forEach(({ runs }, i) => {
      this.#pathsOf(i).forEach((path, run) => {
        runs[run]!.casing.setAttribute("d", path);
        runs[run]!.line.setAttribute("d", path);
      });
    });
  }

  show({ overview, pace }: DayState, moment: Moment): void {
    const older = olderThan(this.#arrivals, moment.day);
    this.#legs.forEach((leg, i) => {
      const style = overview ? "all" : styleOf(i, moment, older);
      // While the pointer moves, legs already travelled do not fade: each would be painted anew.
      const fades = pace === "drag" && isPast(leg.style) && isPast(style);
      if (leg.style !== style && !fades) setStyle(leg, style);
    });
  }
}

/** Only what is travelled is drawn in its way. */
function setStyle(leg: LegLines, style: string): void {
  leg.style = style;
  for (const { by, casing, line } of leg.runs) {
    const classes = by && isPast(style) ? `${style} by-${by}` : style;
    line.setAttribute("class", `leg ${classes}`);
    casing.setAttribute("class", `casing ${classes}`);
  }
}

function isPast(style: string): boolean {
  return style.startsWith("past");
}

function styleOf(i: number, { leg, onLeg }: Moment, older: readonly number[]): string {
  if (i > leg || (i === leg && onLeg)) return "ahead";
  return i === leg ? "latest" : `past age-${ageOf(i, older)}`;
}
