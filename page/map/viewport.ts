/** What a picture on the map has to show, in px of the world. */

import type { Map as LeafletMap } from "leaflet";
import type { Viewport } from "../basemap/style";
import { type WorldBox, buffered } from "../lib/worldbox";
import { worldWidth } from "../lib/mercator";

/** Part of the map's size that a picture reaches beyond each edge, so that small moves need no other. */
const MARGIN = 0.1;
const SHARPEST = 2;

function pixelRatio(): number {
  return Math.min(SHARPEST, window.devicePixelRatio || 1);
}

/** The map's view with a margin. */
export function viewAround(map: LeafletMap): Viewport {
  const size = map.getSize();
  const margin = size.multiplyBy(MARGIN).round();
  const corner = map.getPixelBounds().getTopLeft().subtract(margin).floor();
  return {
    left: corner.x,
    top: corner.y,
    width: size.x + 2 * margin.x,
    height: size.y + 2 * margin.y,
    scale: worldWidth(map.getZoom()),
    ratio: pixelRatio(),
  };
}

/** Whether a view is of the map's zoom and reaches over all of it. */
export function coversMap({ left, top, width, height, scale }: Viewport, map: LeafletMap): boolean {
  const { x, y } = map.getPixelBounds().getTopLeft().subtract([left, top]);
  const size = map.getSize();
  const reaches = x >= 0 && y >= 0 && x + size.x <= width && y + size.y <= height;
  return reaches && scale === worldWidth(map.getZoom());
}

/** A view of a part of the world, of so many px at most. */
export function viewOf(box: WorldBox, zoom: number, pixels: number): Viewport {
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
