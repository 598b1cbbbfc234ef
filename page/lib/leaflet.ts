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
import { worldWidth } from "./mercator";

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

/** Put a picture where it lies in a view: its corner in px of a world so wide. */
export function placeOnWorld(
  map: LeafletMap,
  element: HTMLElement,
  { left, top, scale }: { left: number; top: number; scale: number },
  { center, zoom }: MapView,
): void {
  const factor = worldWidth(zoom) / scale;
  const origin = map._getNewPixelOrigin(center, zoom);
  DomUtil.setTransform(element, point(left, top).multiplyBy(factor).subtract(origin), factor);
}
