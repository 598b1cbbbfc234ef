"use strict";

/** The plate's colours for the painter, read from the style sheet. @returns {Ink} */
function groundInk() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    sea: read("--sea"),
    ripple: read("--sea-line"),
    river: read("--river"),
    coast: read("--coast"),
    land: read("--land"),
    border: read("--border"),
    grid: read("--grid"),
    tints: [read("--land"), ...[1, 2, 3, 4, 5, 6].map((tint) => read(`--tint-${tint}`))],
    bands: ["", ...[1, 2, 3, 4, 5, 6].map((tint) => read(`--band-${tint}`))],
  };
}

/** Ripples off the coast, [outer, inner] widths in px, wide where the map is large. */
const RIPPLES = {
  wide: [[26, 24.9], [16.5, 15.3], [8, 6.7]],
  narrow: [[12, 10.8], [6, 4.8]],
};

/** How the ground is drawn at a zoom. @param {number} zoom @param {Borders} borders @returns {Omit<Pane, "left" | "top" | "width" | "height">} */
function groundManner(zoom, borders) {
  return {
    scale: 256 * 2 ** zoom,
    ratio: Math.min(2, window.devicePixelRatio || 1),
    ripples: zoom < 3.6 ? RIPPLES.narrow : RIPPLES.wide,
    detail: Math.round(zoom + 1),
    degrees: zoom < 2 ? 20 : 10,
    ink: groundInk(),
    borders,
  };
}

/**
 * The whole world once, coarse and always there, so that no movement uncovers blank sea. It
 * has no ripples, which cost more than all the rest: it is the first ground on the page.
 */
class WorldSheet {
  /** @param {PaintShop} shop */
  constructor(shop) {
    this.shop = shop;
    this.zoom = 3;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "sheet leaflet-zoom-animated";
    this.paint();
  }

  paint() {
    const size = 256 * 2 ** this.zoom;
    const pane = { ...groundManner(this.zoom, "none"), ripples: [], ratio: 1, left: 0, top: 0, width: size, height: size };
    this.shop.paint(this.canvas, pane, () => this.canvas.classList.add("painted"), () => true);
  }
}
