/** The shading of an area that has no exact point: a tint and a stipple with a soft edge. */

import type { Rect } from "../lib/geometry";
import { type Context, makeCanvas } from "./canvas";

/** An area to be shaded: outlines in px from the corner of its rectangle. */
export interface Shading extends Rect {
  rings: [number, number][][];
  colour: string;
  weight: number;
}

/** The outline is blurred at a fraction of its size and scaled up, which costs little. */
const MASK_SCALE = 8;

export function paintShading(context: Context, { width, height, rings, colour, weight }: Shading): void {
  context.fillStyle = colour;
  context.globalAlpha = 0.1 * weight;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 0.5 * weight;
  context.fillStyle = stipple(context, colour);
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 1;
  const { canvas: mask, context: small } = makeCanvas(
    Math.ceil(width / MASK_SCALE),
    Math.ceil(height / MASK_SCALE),
  );
  small.filter = "blur(3px)";
  small.beginPath();
  for (const ring of rings) {
    ring.forEach(([x, y], i) =>
      i ? small.lineTo(x / MASK_SCALE, y / MASK_SCALE) : small.moveTo(x / MASK_SCALE, y / MASK_SCALE),
    );
    small.closePath();
  }
  small.fill("evenodd");
  context.globalCompositeOperation = "destination-in";
  context.imageSmoothingQuality = "high";
  context.drawImage(mask, 0, 0, mask.width * MASK_SCALE, mask.height * MASK_SCALE);
}

/** A pattern of dots. */
function stipple(context: Context, colour: string): CanvasPattern | string {
  const { canvas, context: dots } = makeCanvas(7, 7);
  dots.fillStyle = colour;
  dots.beginPath();
  dots.arc(1.75, 1.75, 0.95, 0, 7);
  dots.arc(5.25, 5.25, 0.95, 0, 7);
  dots.fill();
  return context.createPattern(canvas, "repeat") ?? colour;
}
