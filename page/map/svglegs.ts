/** The lines of a road of few legs, in SVG: the browser paints again only what has changed. */

import type { DayState } from "../journey/daystate";
import type { Itinerary, Moment } from "../journey/itinerary";
import { svgElement } from "../lib/dom";
import type { LegLayer } from "./leglayer";
import { ageOf, olderThan } from "./roadstyle";

interface LegLine {
  casing: SVGPathElement;
  line: SVGPathElement;
  style: string;
}

export class SvgLegs implements LegLayer {
  readonly elements: HTMLElement[] = [];
  /** The last day of each leg. */
  readonly #arrivals: readonly number[];
  readonly #lines: LegLine[];
  readonly #pathOf: (leg: number) => string;

  /** `pathOf` lays a leg out in px of `svg`. */
  constructor(svg: SVGSVGElement, itinerary: Itinerary, pathOf: (leg: number) => string) {
    const [casings, lines] = ["casings", "legs"].map((name) => svgElement("g", { class: name }, svg));
    this.#pathOf = pathOf;
    this.#arrivals = itinerary.legs.map((leg) => itinerary.spanOf(leg)[1]);
    this.#lines = itinerary.legs.map(() => ({
      casing: svgElement("path", { class: "casing" }, casings),
      line: svgElement("path", { class: "leg" }, lines),
      style: "",
    }));
  }

  project(): void {
    this.#lines.forEach(({ casing, line }, i) => {
      const path = this.#pathOf(i);
      casing.setAttribute("d", path);
      line.setAttribute("d", path);
    });
  }

  show({ overview, pace }: DayState, moment: Moment): void {
    const older = olderThan(this.#arrivals, moment.day);
    this.#lines.forEach((line, i) => {
      const style = overview ? "all" : styleOf(i, moment, older);
      // While the pointer moves, legs already travelled do not fade: each would be painted anew.
      const fades = pace === "drag" && line.style.startsWith("past") && style.startsWith("past");
      if (line.style !== style && !fades) setStyle(line, style);
    });
  }
}

function setStyle(line: LegLine, style: string): void {
  line.style = style;
  line.line.setAttribute("class", `leg ${style}`);
  line.casing.setAttribute("class", `casing ${style}`);
}

function styleOf(i: number, { leg, onLeg }: Moment, older: readonly number[]): string {
  if (i > leg || (i === leg && onLeg)) return "ahead";
  return i === leg ? "latest" : `past age-${ageOf(i, older)}`;
}
