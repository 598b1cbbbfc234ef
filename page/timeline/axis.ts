/** The line of years below the lanes. */

import { svgElement } from "../lib/dom";
import { rectanglePath } from "../lib/geometry";
import type { TimeScale } from "./scale";

/** A year is hidden nearer than this to the day's own, in px. */
const CLEARANCE = 27;
/** Beside an axis that begins nearer than this to the edge, in px, the first and last year stand within. */
const NARROW_GUTTER = 60;
/** Journeys of more years than this are graduated more coarsely, in about so many steps. */
const YEARS_APART = 150;
const COARSE_STEPS = 75;

interface AxisSize {
  /** Upper edge and height of the axis, in px. */
  y: number;
  height: number;
  /** Distance of the years' baseline from its lower edge, and room each takes, in px. */
  baseline: number;
  yearRoom: number;
}

interface YearLabel {
  element: SVGTextElement;
  x: number;
  /** Whether it stands beside the axis, where no day comes near. */
  beside: boolean;
}

export class Axis {
  readonly #labels: YearLabel[];

  /** Draw the axis of coming days, of days lived, and its years, each into its own drawing. */
  constructor(scale: TimeScale, size: AxisSize, ahead: Element, lived: Element | undefined, years: Element) {
    drawAxis(scale, size, "axis", ahead);
    drawAxis(scale, size, "axis lived", lived);
    const baseline = size.y + size.height + size.baseline;
    this.#labels = scale.labelledYears(size.yearRoom).map((year) => drawYear(scale, year, baseline, years));
  }

  /** Give way to the handle, at a place along the axis in px. */
  show(x: number): void {
    for (const label of this.#labels) {
      label.element.toggleAttribute("hidden", !label.beside && Math.abs(label.x - x) < CLEARANCE);
    }
  }
}

function drawAxis(
  scale: TimeScale,
  { y, height }: AxisSize,
  style: string,
  parent: Element | undefined,
): void {
  const [x, end] = [scale.x(scale.range[0]), scale.x(scale.range[1])];
  const group = svgElement("g", { class: style }, parent);
  svgElement("rect", { class: "axis-box", x, y, width: end - x, height }, group);
  svgElement("path", { class: "axis-tick", d: graduation(scale, y + 1.5, height - 3) }, group);
}

/** Every other year filled, or every other span of years. */
function graduation(scale: TimeScale, y: number, height: number): string {
  const [first, end] = scale.years;
  const step = end - first <= YEARS_APART ? 1 : Math.ceil((end - first) / COARSE_STEPS);
  let path = "";
  for (let year = first + step; year < end; year += 2 * step) {
    const x = scale.xOfYear(year);
    path += rectanglePath(x, y, scale.xOfYear(year + step) - x, height);
  }
  return path;
}

function drawYear(scale: TimeScale, year: number, y: number, parent: Element): YearLabel {
  const isFirst = year === scale.years[0];
  const isEnd = isFirst || year === scale.years[1] - 1;
  const within = scale.x0 < NARROW_GUTTER;
  const anchor = !isEnd || (!within && !isFirst) ? "middle" : isFirst && within ? "start" : "end";
  const x = isFirst ? scale.x0 - (within ? 0 : 4) : isEnd && within ? scale.x1 : scale.xOfYear(year);
  const element = svgElement(
    "text",
    { class: `axis-year${isEnd ? " end" : ""}`, x, y, "text-anchor": anchor },
    parent,
  );
  element.textContent = String(year);
  return { element, x, beside: isEnd && !within };
}
