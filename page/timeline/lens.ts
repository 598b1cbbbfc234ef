/** The lens above the time bar: the stays again, wide and named, around a day. */

import type { Stop } from "../journey/data";
import type { Itinerary } from "../journey/itinerary";
import { dayOf } from "../lib/dates";
import { svgElement } from "../lib/dom";
import { clamp } from "../lib/numbers";
import { THINNEST, barGroup, drawBar } from "./bars";
import type { TimeScale } from "./scale";

/** Pixels a day takes. */
const DAY_PX = 0.42;
/** Width of the lens, as the style sheet has it, and height of a lane and a bar in it, in px. */
const WIDTH = 460;
const LANE = 17;
const BAR = 10;
/** Width of a letter of a name, in px. */
const LETTER = 6.6;

export class Lens {
  readonly #element: HTMLElement;
  readonly #itinerary: Itinerary;
  /** Drawn once it has been looked through. */
  #drawing: SVGSVGElement | undefined;

  constructor(element: HTMLElement, itinerary: Itinerary) {
    this.#element = element;
    this.#itinerary = itinerary;
  }

  /** Show the days around a place on the bar, in px from its left edge, which is `left` px from the page's. */
  show(at: number, left: number, scale: TimeScale): void {
    const day = scale.day(at);
    this.#element.hidden = this.#itinerary.stops.length < 2 || !scale.includes(day);
    if (this.#element.hidden) return;
    this.#drawing ??= this.#draw(scale);
    const half = Math.min(WIDTH, left + scale.x1) / 2;
    this.#drawing.style.transform = `translateX(${(half - (day - scale.range[0]) * DAY_PX).toFixed(1)}px)`;
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

  #draw(scale: TimeScale): SVGSVGElement {
    const { stops, data } = this.#itinerary;
    const lanes = LANE * data.phases.length;
    const x = (day: number) => (day - scale.range[0]) * DAY_PX;
    this.#element.replaceChildren();
    const svg = svgElement(
      "svg",
      { width: x(scale.range[1]), height: lanes + 18, "aria-hidden": "true" },
      this.#element,
    );
    const bars = barGroup(svg, true);
    for (const stop of stops) {
      const from = x(stop.start);
      const width = Math.max(THINNEST, x(stop.end) - from - 1);
      drawBar(bars, { x: from, y: stop.phase * LANE + 4, width, height: BAR }, stop, this.#itinerary);
    }
    writeNames(svg, stops, x);
    for (let year = scale.years[0]; year < scale.years[1]; year += 1) {
      const at = x(dayOf(year));
      svgElement("line", { class: "lane-line", x1: at, x2: at, y1: 0, y2: lanes }, svg);
      svgElement("text", { class: "axis-year", x: at + 3, y: lanes + 13 }, svg).textContent = String(year);
    }
    return svg;
  }
}

/** Name each stay behind its bar, where there is room before the next one of its lane. */
function writeNames(svg: SVGSVGElement, stops: readonly Stop[], x: (day: number) => number): void {
  const taken: number[] = [];
  for (const { place, phase, start, end } of [...stops].reverse()) {
    const from = Math.max(x(end), x(start) + THINNEST) + 4;
    const room = (taken[phase] ?? Infinity) - from;
    taken[phase] = x(start);
    if (room < place.length * LETTER) continue;
    svgElement("text", { class: "lens-name", x: from, y: phase * LANE + 13 }, svg).textContent = place;
  }
}
