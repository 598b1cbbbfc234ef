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

/** Zoom of the first sheet of the world, which is on the page in no time, and of the one that takes its place. */
const WORLD_ZOOMS = { first: 1, lasting: 3 };

/**
 * The whole world once, coarse and always there, so that no movement uncovers blank sea. It
 * has no ripples, which cost more than all the rest.
 */
class WorldSheet {
  /** @param {PaintShop} shop */
  constructor(shop) {
    this.shop = shop;
    this.canvas = document.createElement("canvas");
    this.zoom = WORLD_ZOOMS.first;
    /** What to do when another canvas has taken its place. */
    this.changed = () => {};
    this.paint(WORLD_ZOOMS.first);
  }

  /** Paint it anew; the old one stays until then. @param {number} zoom */
  paint(zoom = WORLD_ZOOMS.lasting) {
    const canvas = document.createElement("canvas");
    const size = 256 * 2 ** zoom;
    const pane = { ...groundManner(zoom, "none"), ripples: [], ratio: 1, left: 0, top: 0, width: size, height: size };
    this.wanted = canvas;
    this.shop.paint(canvas, pane, () => this.show(canvas, zoom), () => this.wanted === canvas);
  }

  /** @param {HTMLCanvasElement} canvas @param {number} zoom */
  show(canvas, zoom) {
    canvas.className = "sheet painted leaflet-zoom-animated";
    this.canvas.replaceWith(canvas);
    this.canvas = canvas;
    this.zoom = zoom;
    this.changed();
  }
}
