/** The course of words along a leg: pure geometry in px. */

import { type Box, type XY, distance, isWithin } from "../../lib/geometry";

/** Size of the words and their distance from the leg and its end, in px; letter spacing in em. */
export const LEG_TYPE = { size: 14.5, lift: 9, margin: 26, spacing: 0.04 };

/** Words do not turn by more than this, in radians, from one step of so many px to the next. */
const SHARP = Math.PI / 5;
const STEP = 24;

/** The longest stretch of a leg that is in view without a corner, read from left to right; none where its beginning is too. */
export function stretchInView(points: readonly XY[], view: Box): XY[] {
  const inside = (point: XY) => isWithin(point, view);
  if (!points[0] || inside(points[0])) return [];
  const first = points.findIndex(inside);
  if (first < 0) return [];
  const length = points.slice(first).findIndex((point) => !inside(point));
  const seen = points.slice(first, length < 0 ? undefined : first + length);
  const readable = cutAtCorners(inSteps(seen)).filter((stretch) => stretch.at(-1)!.x >= stretch[0]!.x);
  return readable.reduce((best, stretch) => (lengthOf(stretch) > lengthOf(best) ? stretch : best), []);
}

/** The course by points that are a step apart at least. */
function inSteps(points: readonly XY[]): XY[] {
  const steps: XY[] = [points[0]!];
  for (const point of points) if (distance(point, steps.at(-1)!) >= STEP) steps.push(point);
  return steps;
}

function cutAtCorners(points: readonly XY[]): XY[][] {
  const stretches: XY[][] = [[points[0]!]];
  for (let i = 1; i < points.length; i += 1) {
    stretches.at(-1)!.push(points[i]!);
    const next = points[i + 1];
    if (next && turnAt(points[i - 1]!, points[i]!, next) > SHARP) stretches.push([points[i]!]);
  }
  return stretches;
}

/** By how much a course turns at a point, in radians. */
function turnAt(from: XY, at: XY, to: XY): number {
  const turn = Math.abs(Math.atan2(to.y - at.y, to.x - at.x) - Math.atan2(at.y - from.y, at.x - from.x));
  return Math.min(turn, 2 * Math.PI - turn);
}

function lengthOf(points: readonly XY[]): number {
  return points.reduce((sum, point, i) => sum + (i ? distance(points[i - 1]!, point) : 0), 0);
}

/** Boxes that words of a width take above a course; none where it is too short. */
export function boxesAlong(course: readonly XY[], width: number, size: number): Box[] {
  const boxes: Box[] = [];
  let walked = -LEG_TYPE.margin;
  for (let i = 1; i < course.length && walked < width; i += 1) {
    const [a, b] = [course[i - 1]!, course[i]!];
    walked += distance(a, b);
    if (walked < 0) continue;
    const [top, bottom] = [Math.min(a.y, b.y) - LEG_TYPE.lift - size, Math.max(a.y, b.y) - LEG_TYPE.lift + 3];
    boxes.push({ left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top, bottom });
  }
  return walked < width ? [] : boxes;
}
