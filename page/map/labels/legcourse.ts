/** The course of words along a leg: pure geometry in px. */

import { type Box, type XY, distance, isWithin } from "../../lib/geometry";

/** Size of the words and their distance from the leg and its end, in px; letter spacing in em. */
export const LEG_TYPE = { size: 14.5, lift: 9, margin: 26, spacing: 0.04 };

/** The stretch of a leg that is in view, read from left to right; none where its beginning is too. */
export function stretchInView(points: readonly XY[], view: Box): XY[] {
  const inside = (point: XY) => isWithin(point, view);
  if (!points[0] || inside(points[0])) return [];
  const first = points.findIndex(inside);
  if (first < 0) return [];
  const length = points.slice(first).findIndex((point) => !inside(point));
  const seen = points.slice(first, length < 0 ? undefined : first + length);
  return seen[seen.length - 1]!.x >= seen[0]!.x ? seen : [];
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
