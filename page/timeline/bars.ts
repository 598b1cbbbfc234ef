/** Stays as bars in the colour and pattern of their phases, or as the share of days that they take. */

import type { Phase, Stop } from "../journey/data";
import type { Itinerary } from "../journey/itinerary";
import { svgElement } from "../lib/dom";
import { rectanglePath } from "../lib/geometry";
import { runsOf } from "./density";

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A bar is never narrower, in px, so that a short stay can be seen. */
export const THINNEST = 3;

/** A group for bars of days that are lived or to come. */
export function barGroup(parent: Element, lived: boolean): SVGGElement {
  return svgElement("g", { class: `stays ${lived ? "lived" : "ahead"}` }, parent);
}

export function drawBar(parent: SVGGElement, bar: Bar, stop: Stop, { data, phaseClasses }: Itinerary): void {
  const style = phaseClasses[stop.phase] ?? "";
  const untold = stop.references.length ? "" : " untold";
  const group = svgElement("g", { class: `stay ${style}${untold}` }, parent);
  const [before, after] = softEnds(stop).map((share) => share * bar.width) as [number, number];
  svgElement("path", { class: "span", d: taperedPath(bar, before, after) }, group);
  const certain = { ...bar, x: bar.x + before, width: bar.width - before - after };
  const pattern = patternOf(certain, style, data.phases[stop.phase]);
  if (pattern) svgElement("path", { class: "pattern", d: pattern }, group);
}

/** The shares of a stay, at its beginning and its end, in which he may not be there yet or may have left. */
function softEnds({ start, end, came, left }: Stop): [number, number] {
  const before = came ? Math.min(came.last, end) - start + 1 : 0;
  const after = left ? end - Math.max(left.first, start) + 1 : 0;
  const whole = Math.max(end - start + 1, before + after);
  return [before / whole, after / whole];
}

/** A bar that tapers to a point over its soft ends, in px: to be told without colour too. */
function taperedPath({ x, y, width, height }: Bar, before: number, after: number): string {
  const [right, bottom, middle] = [x + width, y + height, y + height / 2];
  const [from, to] = [x + before, right - after];
  return `M${x} ${middle}L${from} ${y}H${to}L${right} ${middle}L${to} ${bottom}H${from}Z`;
}

/** Strokes in a bar that tell its phase apart from others without colour. */
function patternOf({ x, y, width, height }: Bar, style: string, phase: Phase | undefined): string {
  const middle = y + height / 2;
  let path = "";
  if (phase?.captive) {
    for (let at = x + 3; at < x + width - 1.5; at += 4)
      path += `M${at.toFixed(1)} ${y + 1.6}v${height - 3.2}`;
  } else if (style === "phase-1") {
    for (let at = x + 6; at < x + width - 6; at += 16) path += `M${at.toFixed(1)} ${middle}h4`;
  } else if (style === "phase-3" && width > 6) {
    path = `M${x + 2} ${middle}h${width - 4}`;
  }
  return path;
}

/** Shares of days are told apart in so many steps, the least of them this opaque. */
const STEPS = 8;
const FAINTEST = 0.25;

/**
 * Draw the share of days that are stays, px by px from `x` on: the greater, the more opaque, with
 * one path for all that are in the same step.
 */
export function drawShares(
  parent: SVGGElement,
  { x, y, height }: Omit<Bar, "width">,
  shares: readonly number[],
  style: string,
): void {
  const group = svgElement("g", { class: `stay ${style}` }, parent);
  const runs = runsOf(shares.map((share) => Math.min(STEPS, Math.ceil(share * STEPS))));
  for (let step = 1; step <= STEPS; step += 1) {
    const own = runs.filter(({ value }) => value === step);
    const d = own.map(({ from, to }) => rectanglePath(x + from, y, to - from, height)).join("");
    const opacity = FAINTEST + ((1 - FAINTEST) * step) / STEPS;
    if (d) svgElement("path", { class: "share", d, opacity }, group);
  }
}
