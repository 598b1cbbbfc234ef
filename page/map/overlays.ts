/**
 * The overlays on the map (title, card, legend, tools) and the part of it that they leave free, in
 * its container's px. Measured when they may have changed, not on every day: reading a box makes
 * the browser lay the page out.
 */

import type { Map as LeafletMap } from "leaflet";
import { getElement } from "../lib/dom";
import { type Box, expanded, translated } from "../lib/geometry";

/** Room in px between an overlay and a name on the map. */
const GAP = 6;

export class Overlays {
  readonly #map: LeafletMap;
  #boxes: { obstacles: Box[]; free: Box } | undefined;

  constructor(map: LeafletMap) {
    this.#map = map;
  }

  /** Something over the map changed its size. */
  invalidate(): void {
    this.#boxes = undefined;
  }

  /** What the overlays cover. */
  get obstacles(): Box[] {
    return this.#measured().obstacles;
  }

  /** The part of the map beside the card and below a title as wide as the map. */
  get free(): Box {
    return this.#measured().free;
  }

  #measured() {
    this.#boxes ??= { obstacles: this.#measureObstacles(), free: this.#measureFree() };
    return this.#boxes;
  }

  #measureObstacles(): Box[] {
    const inner = this.#map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll("[data-overlay]")]
      .map((element) => element.getBoundingClientRect())
      .filter((box) => box.width && box.height)
      .map((box) => expanded(translated(box, { x: -inner.left, y: -inner.top }), GAP));
  }

  #measureFree(): Box {
    const size = this.#map.getSize();
    const inner = this.#map.getContainer().getBoundingClientRect();
    const card = getElement("card").getBoundingClientRect();
    const title = getElement("title-block").getBoundingClientRect();
    const beside = card.height > 0 && card.width < size.x * 0.7;
    const above = title.height > 0 && title.width > size.x * 0.8;
    return {
      left: 0,
      top: above ? Math.max(0, title.bottom - inner.top) : 0,
      right: beside ? card.left - inner.left : size.x,
      bottom: size.y,
    };
  }
}
