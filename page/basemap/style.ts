/** How the basemap is drawn at a zoom, in the colours of the page's theme. */

import type { Rect } from "../lib/geometry";
import { worldWidth } from "../lib/mercator";
import { pixelRatio } from "../lib/screen";

/** What the lines on the land are. */
export type Borders = "day" | "modern" | "none" | "online";

type LineColour = "sea" | "ripple" | "river" | "coast" | "land" | "border" | "grid";

/** Colours as CSS has them; tints and bands by the number of a polity's hue, bare land first. */
type Palette = Record<LineColour, string> & { tints: string[]; bands: string[] };

/** A rectangle of the world in px, and how sharply it is painted. */
export interface Viewport extends Rect {
  /** Width of the world, in px. */
  scale: number;
  /** Device pixels to a CSS pixel. */
  ratio: number;
}

export interface BasemapStyle {
  /** Ripples off the coast: [outer, inner] widths in px. */
  ripples: [number, number][];
  /** Rivers up to this rank are drawn. */
  detail: number;
  /** Degrees between the meridians of the grid. */
  degrees: number;
  palette: Palette;
  borders: Borders;
}

/** A picture to be painted. */
export type BasemapView = Viewport & BasemapStyle;

const RIPPLES: Record<"wide" | "narrow", [number, number][]> = {
  wide: [[26, 24.9], [16.5, 15.3], [8, 6.7]],
  narrow: [[12, 10.8], [6, 4.8]],
}; // prettier-ignore
/** Zoom from which ripples are wide. */
const WIDE_RIPPLES = 3.6;
/** Zoom of the coarse pictures of the whole world. */
const WORLD_ZOOM = 2.5;
const HUES = [1, 2, 3, 4, 5, 6] as const;

/** The palette of the page's theme, read from the style sheet. */
function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    sea: read("--sea"),
    ripple: read("--sea-line"),
    river: read("--river"),
    coast: read("--coast"),
    land: read("--land"),
    border: read("--border"),
    grid: read("--grid"),
    tints: [read("--land"), ...HUES.map((hue) => read(`--tint-${hue}`))],
    bands: ["", ...HUES.map((hue) => read(`--band-${hue}`))],
  };
}

export function basemapStyle(
  zoom: number,
  borders: Borders,
): BasemapStyle & Pick<Viewport, "scale" | "ratio"> {
  return {
    scale: worldWidth(zoom),
    ratio: pixelRatio(),
    ripples: zoom < WIDE_RIPPLES ? RIPPLES.narrow : RIPPLES.wide,
    detail: Math.round(zoom + 1),
    degrees: zoom < 2 ? 20 : 10,
    palette: readPalette(),
    borders,
  };
}

/** The whole world, coarse: without ripples, which cost more than all the rest. */
export function worldView(borders: Borders, zoom = WORLD_ZOOM): BasemapView {
  const size = worldWidth(zoom);
  const style = { ...basemapStyle(zoom, borders), ripples: [], ratio: 1 };
  return { ...style, left: 0, top: 0, width: size, height: size };
}
