/** How marks come onto the map: each an element of SVG where they are few, on canvas where they are many. */

import type { Viewport } from "../basemap/style";
import type { Pace } from "../journey/daystate";
import type { MapView } from "../lib/leaflet";
import type { Marker } from "./markers";

export interface MarkLayer {
  /** What lies over the road's lines. */
  readonly elements: Element[];
  /** Draw these from now on, in their order, and no others; they may lie elsewhere than before. */
  setMarkers(markers: readonly Marker[], view: Viewport): void;
  /** Draw those whose look has changed; while the pointer moves, perhaps a frame later. */
  update(pace: Pace): void;
  /** Put what has a view of its own where the map has its view, or will have. */
  place?(view: MapView): void;
  /** The colours are others: draw all anew at the next update. */
  restyle?(): void;
}
