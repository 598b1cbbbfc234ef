/** A name that stands on a point, in one line or in two, turned by its angle. */

import { LINE, LINE_GAP, NOTED_LINE, type Position } from "./label";

type Written = Pick<Position, "x" | "y" | "size" | "angle" | "lines" | "note">;

/** Its position, where its longest line is so many px wide. */
export function centred(written: Written, wide: number): Position {
  const { x, y, size, angle, lines, note } = written;
  const more = (lines.length - 1) * LINE_GAP;
  const tall = size * ((note ? NOTED_LINE : LINE) + more);
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  const [halfX, halfY] = [(cos * wide + sin * tall) / 2, (sin * wide + cos * tall) / 2];
  const box = { left: x - halfX, top: y - halfY, right: x + halfX, bottom: y + halfY };
  const baseline = (note ? -0.1 : 0.33) - more / 2;
  return { x, y: y + size * baseline, anchor: "middle", box, size, angle, lines, note };
}
