/** Leaflet's events, typed as they are sent. */

import type { LatLng, LeafletEventHandlerFn, ZoomAnimEvent } from "leaflet";

/** A handler of the event by which a layer follows a zoom animation. */
export function onZoomAnimation(follow: (center: LatLng, zoom: number) => void): LeafletEventHandlerFn {
  return (event) => {
    const { center, zoom } = event as ZoomAnimEvent;
    follow(center, zoom);
  };
}
