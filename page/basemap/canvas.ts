/** Canvases off the page, in a worker or, where there is none, beside it. */

export type Canvas = OffscreenCanvas | HTMLCanvasElement;
export type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** A canvas of so many px and its context. Throws a TypeError where the browser gives none. */
export function makeCanvas(
  width: number,
  height: number,
  settings?: CanvasRenderingContext2DSettings,
): { canvas: Canvas; context: Context } {
  const [wide, high] = [Math.max(1, width), Math.max(1, height)];
  const canvas =
    typeof OffscreenCanvas === "undefined"
      ? Object.assign(document.createElement("canvas"), { width: wide, height: high })
      : new OffscreenCanvas(wide, high);
  const context = canvas.getContext("2d", settings);
  if (!context) throw new TypeError("no 2d context");
  return { canvas, context };
}

export function stroke(context: Context, path: Path2D, colour: string, width: number, opacity = 1): void {
  context.globalAlpha = opacity;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
  context.globalAlpha = 1;
}

/** The line of a border. */
export function strokeBorder(context: Context, path: Path2D, colour: string, opacity: number): void {
  context.setLineDash([7, 2.2, 1.4, 2.2]);
  stroke(context, path, colour, 0.8, opacity);
  context.setLineDash([]);
}
