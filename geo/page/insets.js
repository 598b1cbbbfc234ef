"use strict";

/** Room in px between an inset and a name on the map. */
const INSET_GAP = 6;

/**
 * The insets over the map and the part of it that they leave free, in its container's px.
 * Measured when they may have changed, not on every day: reading a box makes the browser
 * lay the page out.
 */
class Insets {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {{covered: LabelBox[], free: LabelBox} | null} */
    this.boxes = null;
  }

  /** Something over the map changed its size. */
  changed() {
    this.boxes = null;
  }

  /** What the insets cover. @returns {LabelBox[]} */
  get covered() {
    return this.measured().covered;
  }

  /** The part of the map beside the card and below a title as wide as the map. @returns {LabelBox} */
  get free() {
    return this.measured().free;
  }

  measured() {
    this.boxes ??= { covered: this.measureCovered(), free: this.measureFree() };
    return this.boxes;
  }

  /** @returns {LabelBox[]} */
  measureCovered() {
    const inner = this.map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll("[data-inset]")]
      .map((element) => element.getBoundingClientRect())
      .filter((box) => box.width && box.height)
      .map((box) => ({
        left: box.left - inner.left - INSET_GAP, top: box.top - inner.top - INSET_GAP,
        right: box.right - inner.left + INSET_GAP, bottom: box.bottom - inner.top + INSET_GAP,
      }));
  }

  /** @returns {LabelBox} */
  measureFree() {
    const size = this.map.getSize();
    const inner = this.map.getContainer().getBoundingClientRect();
    const card = part("card").getBoundingClientRect();
    const title = part("title-inset").getBoundingClientRect();
    const beside = card.height > 0 && card.width < size.x * 0.7;
    const over = title.height > 0 && title.width > size.x * 0.8;
    return {
      left: 0, top: over ? Math.max(0, title.bottom - inner.top) : 0,
      right: beside ? card.left - inner.left : size.x, bottom: size.y,
    };
  }
}
