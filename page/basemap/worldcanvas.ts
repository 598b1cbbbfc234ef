/** The whole world once, coarse and always there, so that no movement uncovers blank sea. */

import { worldWidth } from "../lib/mercator";
import type { RenderQueue } from "./queue";
import { type BasemapView, worldView } from "./style";

/** Zoom of the first picture, which is on the page in no time. */
const FIRST_ZOOM = 1;

export class WorldCanvas {
  canvas = document.createElement("canvas");
  /** Width of the world on the canvas, in px. */
  scale = worldWidth(FIRST_ZOOM);
  /** What to do when another canvas has taken this one's place. */
  onReplaced: () => void = () => undefined;
  #wanted: HTMLCanvasElement | undefined;

  constructor(readonly queue: RenderQueue) {
    this.paint(worldView("none", FIRST_ZOOM));
  }

  /** Paint it anew; the old picture stays until then. */
  paint(view = worldView("none")): void {
    const canvas = document.createElement("canvas");
    this.#wanted = canvas;
    this.queue.paintBasemap(
      canvas,
      view,
      () => this.#replace(canvas, view),
      () => this.#wanted === canvas,
    );
  }

  #replace(canvas: HTMLCanvasElement, { scale }: BasemapView): void {
    canvas.className = "world painted leaflet-zoom-animated";
    this.canvas.replaceWith(canvas);
    this.canvas = canvas;
    this.scale = scale;
    this.onReplaced();
  }
}
