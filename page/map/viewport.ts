/** Views of the road's pictures, and the world's boxes that they show. */

import type { Viewport } from "../basemap/style";
import { worldWidth } from "../lib/mercator";
import { pixelRatio } from "../lib/screen";
import { type WorldBox, buffered } from "../lib/worldbox";

/** A view of a part of the world, of so many px at most. */
export function viewOfBox(box: WorldBox, zoom: number, pixels: number): Viewport {
  const scale = worldWidth(zoom);
  const [left, top] = [Math.floor(box.west * scale), Math.floor(box.north * scale)];
  const width = Math.ceil(box.east * scale) - left;
  const height = Math.ceil(box.south * scale) - top;
  const ratio = Math.min(pixelRatio(), Math.sqrt(pixels / Math.max(1, width * height)));
  return { left, top, width, height, scale, ratio };
}

/** A view as a box of the world, larger by so many px on every side. */
export function boxOf({ left, top, width, height, scale }: Viewport, by: number): WorldBox {
  const box = { west: left, north: top, east: left + width, south: top + height };
  const { west, north, east, south } = buffered(box, by);
  return { west: west / scale, north: north / scale, east: east / scale, south: south / scale };
}
