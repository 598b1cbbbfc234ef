/** How the lines of the road come onto the map: in SVG where they are few, on canvas where they are many. */

import type { DayState } from "../journey/daystate";
import type { Moment } from "../journey/itinerary";
import type { MapView } from "../lib/leaflet";

export interface LegLayer {
  /** What lies below the road's drawing, the lowest first. */
  readonly elements: HTMLElement[];
  /** Show the road on a day. */
  show(state: DayState, moment: Moment): void;
  /** The map has another zoom: every leg is to be laid out anew. */
  project(): void;
  /** Put what has a view of its own where the map has its view, or will have. */
  place?(view: MapView): void;
  /** Draw the legs ahead too, or leave them out; for what the style sheet does not reach, as the next. */
  setAhead?(withAhead: boolean): void;
  /** Draw everything anew, in the colours that are now the page's. */
  restyle?(): void;
}
