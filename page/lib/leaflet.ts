/** Leaflet's events, typed as they are sent, and where on its map a part of the world lies. */

import {
  type LatLng,
  type LeafletEventHandlerFn,
  type Map as LeafletMap,
  type Point,
  type ZoomAnimEvent,
  DomUtil,
  point,
} from "leaflet";
import type { Rect } from "./geometry";
import { worldWidth } from "./mercator";

/** Where a picture lies, in px of a world so wide. */
interface Placed extends Rect {
  scale: number;
}

/** What the map shows, or will show. */
export interface MapView {
  center: LatLng;
  zoom: number;
}

/** The event, told by the camera when a flight begins, of the view in which it ends. */
export const FLIGHT = "flight";

/** A handler of the event by which a layer follows a zoom animation, or hears of a flight. */
export function onZoomAnimation(follow: (center: LatLng, zoom: number) => void): LeafletEventHandlerFn {
  return (event) => {
    const { center, zoom } = event as ZoomAnimEvent;
    follow(center, zoom);
  };
}

export function viewOf(map: LeafletMap): MapView {
  return { center: map.getCenter(), zoom: map.getZoom() };
}

/** The pixel of the world at the map's upper left corner in a view. */
export function cornerOf(map: LeafletMap, { center, zoom }: MapView): Point {
  return map.project(center, zoom).subtract(map.getSize().divideBy(2)).round();
}

/** What a view shows and a margin around it, a part of its size, in px of the world. */
export function viewAround(map: LeafletMap, view: MapView, margin: number): Rect {
  const size = map.getSize();
  const around = size.multiplyBy(margin).round();
  const { x: left, y: top } = cornerOf(map, view).subtract(around);
  return { left, top, width: size.x + 2 * around.x, height: size.y + 2 * around.y };
}

/** Whether a picture is of a view's zoom and reaches over all of the map. */
export function covers({ left, top, width, height, scale }: Placed, map: LeafletMap, view: MapView): boolean {
  const { x, y } = cornerOf(map, view).subtract([left, top]);
  const size = map.getSize();
  const reaches = x >= 0 && y >= 0 && x + size.x <= width && y + size.y <= height;
  return reaches && scale === worldWidth(view.zoom);
}

/** Put a picture where it lies in a view: its corner in px of a world so wide. */
export function placeOnWorld(
  map: LeafletMap,
  element: HTMLElement,
  { left, top, scale }: Pick<Placed, "left" | "top" | "scale">,
  { center, zoom }: MapView,
): void {
  const factor = worldWidth(zoom) / scale;
  const origin = map._getNewPixelOrigin(center, zoom);
  DomUtil.setTransform(element, point(left, top).multiplyBy(factor).subtract(origin), factor);
}
