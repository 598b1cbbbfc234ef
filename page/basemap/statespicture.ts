/** A picture of states on the map, patched where land changes hands. */

import type { Map as LeafletMap } from "leaflet";
import { type MapView, placeOnWorld } from "../lib/leaflet";
import type { Patch } from "./queue";
import type { BasemapView } from "./style";

/** A change at rest is a cross-fade of so many steps, each of a share and of so many ms. */
const FADE = { steps: 5, share: 0.35, ms: 30 };

export class StatesPicture {
  readonly canvas = document.createElement("canvas");
  readonly #context: CanvasRenderingContext2D | null;

  constructor(
    className: string,
    picture: ImageBitmap,
    readonly view: BasemapView,
  ) {
    const { canvas } = this;
    canvas.className = `${className} leaflet-zoom-animated`;
    canvas.width = view.width * view.ratio;
    canvas.height = view.height * view.ratio;
    canvas.style.width = `${view.width}px`;
    canvas.style.height = `${view.height}px`;
    this.#context = canvas.getContext("2d", { alpha: false });
    this.#context?.drawImage(picture, 0, 0);
    picture.close();
  }

  place(map: LeafletMap, view: MapView): void {
    placeOnWorld(map, this.canvas, this.view, view);
  }

  /** Put what changed hands in place, at once or over a few steps. */
  patch(patch: Patch, fading: boolean): void {
    this.#draw(patch, fading ? FADE.steps : 0);
  }

  #draw(patch: Patch, steps: number): void {
    const context = this.#context;
    if (!context) return;
    context.globalAlpha = steps ? FADE.share : 1;
    context.drawImage(patch.picture, patch.left, patch.top);
    if (!steps) return;
    window.setTimeout(() => {
      if (this.canvas.isConnected) this.#draw(patch, steps - 1);
    }, FADE.ms);
  }
}
