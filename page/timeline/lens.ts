/** The lens above the time bar: the stays again, wide and named, around a day. */

import type { Stop } from "../journey/data";
import type { Itinerary } from "../journey/itinerary";
import { dayOf, yearOf } from "../lib/dates";
import { svgElement } from "../lib/dom";
import { clamp, lastUpTo } from "../lib/numbers";
import { THINNEST, barGroup, drawBar } from "./bars";
import type { TimeScale } from "./scale";

/** Pixels a day takes. */
const DAY_PX = 0.42;
/** So many px are drawn at a time: a long journey is thousands of px wide. */
const PIECE = 1200;
/** Width of the lens, as the style sheet has it, and height of a lane and a bar in it, in px. */
const WIDTH = 460;
const LANE = 17;
const BAR = 10;
/** Width of a letter of a name, in px. */
const LETTER = 6.6;

export class Lens {
  readonly #element: HTMLElement;
  readonly #itinerary: Itinerary;
  readonly #starts: number[];
  /** Of each stop, the first day of the next in its lane. */
  readonly #nextInLane: number[];
  /** The drawing, as wide as the journey, and the days that are drawn in it. */
  #drawing: SVGSVGElement | undefined;
  #drawn: [first: number, last: number] = [0, 0];

  constructor(element: HTMLElement, itinerary: Itinerary) {
    this.#element = element;
    this.#itinerary = itinerary;
    this.#starts = itinerary.stops.map(({ start }) => start);
    this.#nextInLane = nextInLane(itinerary.stops);
  }

  /** Show the days around a place on the bar, in px from its left edge, which is `left` px from the page's. */
  show(at: number, left: number, scale: TimeScale): void {
    const day = scale.day(at);
    this.#element.hidden = this.#itinerary.stops.length < 2 || !scale.includes(day);
    if (this.#element.hidden) return;
    const half = Math.min(WIDTH, left + scale.x1) / 2;
    const drawing = this.#drawingAround(day, half / DAY_PX, scale);
    drawing.style.transform = `translateX(${(half - (day - scale.range[0]) * DAY_PX).toFixed(1)}px)`;
    const middle = clamp(left + at, half, Math.max(half, left + scale.x1 - half));
    this.#element.style.transform = `translateX(${(middle - half).toFixed(1)}px)`;
  }

  hide(): void {
    this.#element.hidden = true;
  }

  /** The bar has another size: draw anew when next looked through. */
  invalidate(): void {
    this.#drawing = undefined;
  }

  /** A drawing that holds the days within `reach` of a day: the one there is, or another. */
  #drawingAround(day: number, reach: number, scale: TimeScale): SVGSVGElement {
    const [first, last] = this.#drawn;
    if (!this.#drawing || day - reach < first || day + reach > last) {
      const span = PIECE / DAY_PX / 2;
      this.#drawn = [day - span, day + span];
      this.#drawing = this.#draw(scale);
    }
    return this.#drawing;
  }

  #draw(scale: TimeScale): SVGSVGElement {
    const lanes = LANE * this.#itinerary.data.phases.length;
    const x = (day: number) => (day - scale.range[0]) * DAY_PX;
    this.#element.replaceChildren();
    const svg = svgElement(
      "svg",
      { width: x(scale.range[1]), height: lanes + 18, "aria-hidden": "true" },
      this.#element,
    );
    this.#drawStays(svg, x);
    const [first, last] = this.#drawn;
    const [from, to] = [Math.max(scale.years[0], yearOf(first)), Math.min(scale.years[1] - 1, yearOf(last))];
    for (let year = from; year <= to; year += 1) {
      const at = x(dayOf(year));
      svgElement("line", { class: "lane-line", x1: at, x2: at, y1: 0, y2: lanes }, svg);
      svgElement("text", { class: "axis-year", x: at + 3, y: lanes + 13 }, svg).textContent = String(year);
    }
    return svg;
  }

  /** Draw the stays of the days drawn, and name each behind its bar where there is room before the next. */
  #drawStays(svg: SVGSVGElement, x: (day: number) => number): void {
    const { stops } = this.#itinerary;
    const bars = barGroup(svg, true);
    const [first, last] = this.#drawn;
    const from = Math.max(0, lastUpTo(this.#starts, first - WIDTH / DAY_PX));
    const to = lastUpTo(this.#starts, last);
    for (let i = from; i <= to; i += 1) {
      const stop = stops[i]!;
      const width = Math.max(THINNEST, x(stop.end) - x(stop.start) - 1);
      const bar = { x: x(stop.start), y: stop.phase * LANE + 4, width, height: BAR };
      drawBar(bars, bar, stop, this.#itinerary);
      writeName(svg, stop, Math.max(x(stop.end), x(stop.start) + THINNEST) + 4, x(this.#nextInLane[i]!));
    }
  }
}

/** Write a stop's name at `from`, where it ends before `to`, both in px. */
function writeName(svg: SVGSVGElement, { place, phase }: Stop, from: number, to: number): void {
  if (to - from < place.length * LETTER) return;
  svgElement("text", { class: "lens-name", x: from, y: phase * LANE + 13 }, svg).textContent = place;
}

/** Of each stop, the first day of the next of its phase, or infinity. */
function nextInLane(stops: readonly Stop[]): number[] {
  const taken: number[] = [];
  const next = [...stops].reverse().map(({ phase, start }) => {
    const before = taken[phase] ?? Infinity;
    taken[phase] = start;
    return before;
  });
  return next.reverse();
}
