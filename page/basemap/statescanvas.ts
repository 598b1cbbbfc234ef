/** The basemap with the states of a day, for one view; a new day repaints only what changed hands. */

import type { Rect } from "../lib/geometry";
import { type WorldBox, merged } from "../lib/worldbox";
import { type Canvas, type Context, makeCanvas } from "./canvas";
import type { BasemapRenderer } from "./renderer";
import { type PieceStyle, sameStyle } from "./states";
import type { BasemapView } from "./style";

/** Room around land that changed hands for its band and its border, in px. */
const EDGE = 10;

export class StatesCanvas {
  readonly canvas: Canvas;
  readonly #context: Context;
  #styles: (PieceStyle | null)[];

  constructor(
    readonly renderer: BasemapRenderer,
    readonly view: BasemapView,
    day: number,
  ) {
    const { canvas, context } = makeCanvas(view.width * view.ratio, view.height * view.ratio, {
      alpha: false,
    });
    this.canvas = canvas;
    this.#context = context;
    this.#styles = renderer.states.stylesOn(day);
    renderer.paint(context, view);
    this.#paint(view);
  }

  /** Paint the land of a part of the view as it is held; the sea around stays as it is. */
  #paint(part: Rect): void {
    this.renderer.forEachWorld(this.#context, this.view, part, (own) => {
      this.renderer.states.paint(this.#context, own, this.#styles);
      this.renderer.paintWaters(this.#context, own);
    });
  }

  /** Show another day; returns whether anything is new. */
  show(day: number): boolean {
    const before = this.#styles;
    this.#styles = this.renderer.states.stylesOn(day);
    const changed = this.renderer.states.boxes.filter(
      (_, piece) => !sameStyle(this.#styles[piece], before[piece]),
    );
    const parts = merged(changed).flatMap((box) => this.#partAround(box) ?? []);
    for (const part of parts) this.#repaint(part);
    return parts.length > 0;
  }

  #repaint(part: Rect): void {
    const context = this.#context;
    const { left, top, ratio } = this.view;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
    context.beginPath();
    context.rect(part.left, part.top, part.width, part.height);
    context.clip();
    this.#paint(part);
    context.restore();
  }

  /** The part of the view that shows a box of the world and a little more; null where none does. */
  #partAround(box: WorldBox): Rect | null {
    const { view } = this;
    const [far, bottomEdge] = [view.left + view.width, view.top + view.height];
    const wraps = view.left < 0 || far > view.scale;
    const left = wraps ? view.left : Math.max(view.left, Math.floor(box.west * view.scale) - EDGE);
    const right = wraps ? far : Math.min(far, Math.ceil(box.east * view.scale) + EDGE);
    const top = Math.max(view.top, Math.floor(box.north * view.scale) - EDGE);
    const bottom = Math.min(bottomEdge, Math.ceil(box.south * view.scale) + EDGE);
    return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : null;
  }
}
