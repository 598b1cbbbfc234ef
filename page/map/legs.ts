/** The lines of the road: legs travelled and to come, and the latest one with its arrows. */

import type { DayState } from "../journey/daystate";
import type { Itinerary, Moment } from "../journey/itinerary";
import { svgElement } from "../lib/dom";
import { type XY, distance, pathThrough, ribbonThrough } from "../lib/geometry";

/** Years after which a leg is drawn one step fainter. */
const FADING_YEARS = [2, 6, 14];
const DAYS_PER_YEAR = 365.25;
/** Pixels before the traveller at which arrows sit on the latest leg. */
const ARROWS = [74, 300, 620];
/** The latest leg swells from one width to another over its last px. */
const RIBBON = { thin: 2, thick: 4.4, reach: 520 };

interface LegLine {
  casing: SVGPathElement;
  line: SVGPathElement;
  style: string;
}

export class Legs {
  /** Factor on the width of the latest leg, larger on a wall. */
  weight = 1;
  /** The last day of each leg. */
  readonly #arrivals: readonly number[];
  readonly #lines: LegLine[];
  readonly #ribbon: SVGPathElement;
  readonly #arrows: SVGPathElement[];

  constructor(svg: SVGSVGElement, itinerary: Itinerary) {
    const [casings, lines, latest] = ["casings", "legs", "latest"].map((name) =>
      svgElement("g", { class: name }, svg),
    );
    const { legs } = itinerary.data;
    this.#arrivals = legs.map((leg) => itinerary.spanOf(leg)[1]);
    this.#lines = legs.map(() => ({
      casing: svgElement("path", { class: "casing" }, casings),
      line: svgElement("path", { class: "leg" }, lines),
      style: "",
    }));
    this.#ribbon = svgElement("path", { class: "ribbon" }, latest);
    this.#arrows = ARROWS.map(() =>
      svgElement("path", { class: "arrow", d: "M-7 -6.5L7.5 0L-7 6.5L-3.6 0Z" }, latest),
    );
  }

  /** Lay the lines through their points, in px of a world so many px wide. */
  project(curves: readonly XY[][], world: number): void {
    curves.forEach((points, i) => {
      const { casing, line } = this.#lines[i]!;
      const path = pathThrough(points, world);
      casing.setAttribute("d", path);
      line.setAttribute("d", path);
    });
  }

  /** Show the road on a day; `latest` are the points of the latest leg so far. */
  show({ overview, pace }: DayState, moment: Moment, latest: readonly XY[]): void {
    this.#lines.forEach((line, i) => {
      const style = overview ? "all" : styleOf(this.#arrivals[i]!, i, moment);
      // While the pointer moves, legs already travelled do not fade: each would be painted anew.
      const fades = pace === "drag" && line.style.startsWith("past") && style.startsWith("past");
      if (line.style !== style && !fades) setStyle(line, style);
    });
    this.#showLatest(overview ? [] : latest);
  }

  #showLatest(points: readonly XY[]): void {
    const { thin, thick, reach } = RIBBON;
    this.#ribbon.setAttribute("d", ribbonThrough(points, thin * this.weight, thick * this.weight, reach));
    const transforms = arrowTransforms(points);
    this.#arrows.forEach((arrow, i) => {
      const transform = transforms[i];
      arrow.toggleAttribute("hidden", !transform);
      if (transform) arrow.setAttribute("transform", transform);
    });
  }
}

function setStyle(line: LegLine, style: string): void {
  line.style = style;
  line.line.setAttribute("class", `leg ${style}`);
  line.casing.setAttribute("class", `casing ${style}`);
}

function styleOf(arrival: number, i: number, moment: Moment): string {
  if (i > moment.leg || (i === moment.leg && moment.onLeg)) return "ahead";
  if (i === moment.leg) return "latest";
  const years = (moment.day - arrival) / DAYS_PER_YEAR;
  return `past age-${FADING_YEARS.filter((limit) => years > limit).length}`;
}

/** Places and directions of the arrows, counted back from the end. */
function arrowTransforms(points: readonly XY[]): string[] {
  const transforms: string[] = [];
  let behind = 0;
  for (let i = points.length - 1; i > 0; i -= 1) {
    const [head, tail] = [points[i]!, points[i - 1]!];
    const length = distance(head, tail);
    for (
      let next = ARROWS[transforms.length];
      next !== undefined && behind + length >= next;
      next = ARROWS[transforms.length]
    ) {
      const part = (next - behind) / length;
      const [x, y] = [head.x + (tail.x - head.x) * part, head.y + (tail.y - head.y) * part];
      const turn = (Math.atan2(head.y - tail.y, head.x - tail.x) * 180) / Math.PI;
      transforms.push(`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`);
    }
    behind += length;
  }
  return transforms;
}
