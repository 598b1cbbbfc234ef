/** The outlines of marks. */

import type { XY } from "../lib/geometry";

/** Radius of marks in px, by what they stand for. */
const RADIUS = { stay: 5, way: 2.4, ahead: 3.2, mention: 6.5 };

/** The outline of a mark of this look (`Marker.look`) around its centre, as a path. */
export function outlineOf(look: string, centre: XY, factor: number): string {
  const [state] = look.split(" ") as [keyof typeof RADIUS];
  const r = RADIUS[state] * factor;
  if (state === "mention") return diamond(centre, r);
  return look.endsWith("captive") ? square(centre, r * 0.92) : disc(centre, r);
}

/** No mark, its line included, reaches farther from its centre, in px. */
export const MOST_REACH = 9;

const disc = ({ x, y }: XY, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
const square = ({ x, y }: XY, r: number) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`;
const diamond = ({ x, y }: XY, r: number) => `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}Z`;
