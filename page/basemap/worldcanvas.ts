/**
 * The whole world once, coarse and always there, so that no movement uncovers blank sea. It has
 * no ripples, which cost more than all the rest.
 */

import { worldWidth } from "../lib/mercator";
import type { RenderQueue } from "./queue";
import { basemapStyle } from "./style";

/** Zoom of the first picture, which is on the page in no time, and of the one that takes its place. */
const ZOOMS = { first: 1, lasting: 3 };

export class WorldCanvas {
  canvas = document.createElement("canvas");
  /** Zoom of the picture on the canvas. */
  zoom = ZOOMS.first;
  /** What to do when another canvas has taken this one's place. */
  onReplaced: () => void = () => undefined;
  #wanted: HTMLCanvasElement | undefined;

  constructor(readonly queue: RenderQueue) {
    this.paint(ZOOMS.first);
  }

  /** Paint it anew; the old picture stays until then. */
  paint(zoom = ZOOMS.lasting): void {
    const canvas = document.createElement("canvas");
    const size = worldWidth(zoom);
    const view = {
      ...basemapStyle(zoom, "none"),
      ripples: [],
      ratio: 1,
      left: 0,
      top: 0,
      width: size,
      height: size,
    };
    this.#wanted = canvas;
    this.queue.paintBasemap(
      canvas,
      view,
      () => this.#replace(canvas, zoom),
      () => this.#wanted === canvas,
    );
  }

  #replace(canvas: HTMLCanvasElement, zoom: number): void {
    canvas.className = "world painted leaflet-zoom-animated";
    this.canvas.replaceWith(canvas);
    this.canvas = canvas;
    this.zoom = zoom;
    this.onReplaced();
  }
}
