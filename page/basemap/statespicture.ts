/**
 * A picture of states on the map. Its canvas takes each picture whole, without a context to draw
 * in: the browser would copy such a canvas at every frame, changed or not.
 */

import type { Map as LeafletMap } from "leaflet";
import { type MapView, placeOnWorld } from "../lib/leaflet";
import type { BasemapView } from "./style";

/** Time that a change at rest takes to fade in, in ms. */
const FADE = 180;

export class StatesPicture {
  readonly canvas = document.createElement("canvas");

  constructor(
    className: string,
    picture: ImageBitmap,
    readonly view: BasemapView,
  ) {
    const { canvas } = this;
    canvas.className = `${className} leaflet-zoom-animated`;
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.style.width = `${view.width}px`;
    canvas.style.height = `${view.height}px`;
    // Without transparency, what lies below is not drawn at all.
    canvas.getContext("bitmaprenderer", { alpha: false })?.transferFromImageBitmap(picture);
  }

  place(map: LeafletMap, view: MapView): void {
    placeOnWorld(map, this.canvas, this.view, view);
  }

  /** Come slowly into sight over the picture before, which goes then. */
  fadeIn(before: StatesPicture): void {
    const fade = this.canvas.animate([{ opacity: 0 }, { opacity: 1 }], FADE);
    fade.onfinish = fade.oncancel = () => before.canvas.remove();
  }
}
