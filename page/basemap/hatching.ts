/**
 * What tells apart land that is occupied from land that is contested, in grey too: broad stripes and
 * small crosses. Thin lines are the time bar's, dots a region's.
 */

import { type Context, makeCanvas } from "./canvas";

/** Width of a stripe and the one beside it along a row, in px; how much of the two it takes. */
const STRIPES = { size: 16, share: 0.4 };
/** Distance of the crosses along a row, their arms and their line, in px. */
const CROSSES = { size: 16, arm: 2.6, line: 1 };

/** Broad stripes. */
export function stripes(context: Context, colour: string): CanvasPattern | string {
  const { size, share } = STRIPES;
  const { canvas, context: tile } = makeCanvas(size, size);
  tile.strokeStyle = colour;
  tile.lineWidth = (size / Math.SQRT2) * share;
  tile.beginPath();
  for (const shift of [-size, 0, size]) {
    tile.moveTo(shift - 2, size + 2);
    tile.lineTo(shift + size + 2, -2);
  }
  tile.stroke();
  return context.createPattern(canvas, "repeat") ?? colour;
}

/** Crosses, every other row moved by half their distance. */
export function crosses(context: Context, colour: string): CanvasPattern | string {
  const { size, arm, line } = CROSSES;
  const { canvas, context: tile } = makeCanvas(size, size);
  tile.strokeStyle = colour;
  tile.lineWidth = line;
  tile.beginPath();
  for (const middle of [size / 4, (size * 3) / 4]) {
    for (const slope of [1, -1]) {
      tile.moveTo(middle - arm, middle - slope * arm);
      tile.lineTo(middle + arm, middle + slope * arm);
    }
  }
  tile.stroke();
  return context.createPattern(canvas, "repeat") ?? colour;
}
