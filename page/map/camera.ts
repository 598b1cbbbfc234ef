/** Moves the map only when it must: when the traveller would leave the free part of the view. */

import {
  type LatLng,
  type LatLngBounds,
  type Map as LeafletMap,
  type Point,
  latLngBounds,
  point,
} from "leaflet";
import type { LatLon } from "../journey/data";
import type { Itinerary } from "../journey/itinerary";
import { getElement, reducedMotion } from "../lib/dom";
import { FLIGHT } from "../lib/leaflet";
import type { Box } from "../lib/geometry";
import { latitudeAt, longitudeAt } from "../lib/mercator";
import { clamp } from "../lib/numbers";
import { union } from "../lib/worldbox";

/** Zoom at which a stop is shown: some 50 degrees across on a phone, 120 on a wide screen. */
const STOP_ZOOM = { narrow: 3.36, wide: 4.12 };
/** Widths of the free part of the map to which they belong, in px. */
const FREE_WIDTH = { narrow: 390, wide: 1480 };
/** Closest zoom of the whole journey. */
const OVERVIEW_ZOOM = 6;
/** Share of the free part kept between its edge and the traveller, moving and at rest. */
const MARGIN = { moving: 0.06, rest: 0.14 };
const FLIGHT_SECONDS = 0.7;

export class Camera {
  following = true;
  /** Whether the view is the journey's own, not one that the reader chose. */
  automatic = true;
  readonly #map: LeafletMap;
  readonly #free: () => Box;

  /** `free` is the part of the map that no overlay covers, in container px. */
  constructor(map: LeafletMap, free: () => Box) {
    this.#map = map;
    this.#free = free;
    // Whoever moves the map keeps that view.
    const keep = () => this.keepView();
    map.on("dragstart", keep);
    for (const name of ["wheel", "dblclick", "gesturestart"]) {
      map.getContainer().addEventListener(name, keep, { passive: true });
    }
  }

  /** The view is the reader's from now on. */
  keepView(): void {
    this.automatic = false;
  }

  /** Show the whole road. */
  showAll(itinerary: Itinerary): void {
    const free = this.#free();
    const bounds = roadBounds(itinerary);
    const size = this.#map.getSize();
    this.automatic = true;
    if (!bounds || size.x < 10) return;
    this.#map.fitBounds(bounds, {
      paddingTopLeft: [free.left + 28, free.top + 28],
      paddingBottomRight: [size.x - free.right + 44, size.y - free.bottom + 36],
      animate: false,
      maxZoom: OVERVIEW_ZOOM,
    });
    if (!free.top) this.#clearTitle(bounds);
  }

  /** Move the whole road down, where there is room, out from under the title. */
  #clearTitle(bounds: LatLngBounds): void {
    const inner = this.#map.getContainer().getBoundingClientRect();
    const y = (latLng: LatLng) => this.#map.latLngToContainerPoint(latLng).y;
    const title = getElement("title-block").getBoundingClientRect();
    const covered = title.bottom - inner.top + 24 - y(bounds.getNorthEast());
    const room = this.#map.getSize().y - 44 - y(bounds.getSouthWest());
    const shift = Math.round(Math.min(covered, room));
    if (shift > 0) this.#map.panBy([0, -shift], { animate: false });
  }

  #stopZoom(): number {
    const { left, right } = this.#free();
    const share = clamp((right - left - FREE_WIDTH.narrow) / (FREE_WIDTH.wide - FREE_WIDTH.narrow), 0, 1);
    return STOP_ZOOM.narrow + share * (STOP_ZOOM.wide - STOP_ZOOM.narrow);
  }

  #nextZoom(): number {
    return this.automatic ? this.#stopZoom() : this.#map.getZoom();
  }

  /** Keep a point in view while the pointer or the play moves on. */
  keepInView(latLon: LatLon): void {
    if (!this.following) return;
    const shift = this.#shift(latLon, MARGIN.moving);
    if (!shift.x && !shift.y) return;
    const size = this.#map.getSize();
    const far = Math.abs(shift.x) > size.x / 2 || Math.abs(shift.y) > size.y / 2;
    // Leaflet moves what is drawn; a new view of the same zoom would draw it all again.
    this.#map.panBy(far ? this.#offCentre(latLon) : shift, { animate: false });
  }

  /** How far a point is from the middle of the free part. */
  #offCentre(latLon: LatLon): Point {
    const { left, top, right, bottom } = this.#free();
    return this.#map
      .latLngToContainerPoint(latLon)
      .subtract([(left + right) / 2, (top + bottom) / 2])
      .round();
  }

  /** Fly to a stop where the day has come to rest. */
  settle(latLon: LatLon): void {
    if (!this.following) return;
    const shift = this.#shift(latLon, MARGIN.rest);
    if (!this.automatic && !shift.x && !shift.y) return;
    const zoom = this.#nextZoom();
    this.automatic = false;
    // Over a map without a size Leaflet's flight never ends.
    const animate = !reducedMotion.matches && this.#map.getSize().x > 0;
    const center = this.#centred(latLon, zoom);
    this.#map.flyTo(center, zoom, { animate, duration: FLIGHT_SECONDS });
    if (animate) this.#map.fire(FLIGHT, { center, zoom });
  }

  /** Show a stop in a map that was not on the screen before. */
  open(latLon: LatLon): void {
    this.automatic = true;
    this.jump(latLon);
  }

  /** Go to a stop without a flight. */
  jump(latLon: LatLon): void {
    const zoom = this.#nextZoom();
    this.automatic = false;
    this.#map.setView(this.#centred(latLon, zoom), zoom, { animate: false });
  }

  /** How far the map must move so that a point is inside the free part, less a share of it as margin. */
  #shift(latLon: LatLon, margin: number): Point {
    const { left, top, right, bottom } = this.#free();
    const { x, y } = this.#map.latLngToContainerPoint(latLon);
    const [dx, dy] = [(right - left) * margin, (bottom - top) * margin];
    return point(beyond(x, left + dx, right - dx), beyond(y, top + dy, bottom - dy)).round();
  }

  /** Centre of the map that puts a point in the middle of the free part. */
  #centred(latLon: LatLon, zoom: number): LatLng {
    const { left, top, right, bottom } = this.#free();
    const size = this.#map.getSize();
    const offset = point((left + right - size.x) / 2, (top + bottom - size.y) / 2);
    return this.#map.unproject(this.#map.project(latLon, zoom).subtract(offset), zoom);
  }
}

/** How far a value lies outside a range. */
function beyond(value: number, low: number, high: number): number {
  return value - clamp(value, low, high);
}

/** Everything the road passes, or every place where there is no road. */
function roadBounds({ legs, data }: Itinerary): LatLngBounds | null {
  const places = data.road.length ? data.road : data.mentions;
  if (!places.length) return null;
  const bounds = latLngBounds(places.map(({ lat, lon }): LatLon => [lat, lon]));
  if (!legs.length) return bounds;
  const { west, north, east, south } = union(legs.map(({ course }) => course.box));
  return bounds.extend([latitudeAt(north), longitudeAt(west)]).extend([latitudeAt(south), longitudeAt(east)]);
}
