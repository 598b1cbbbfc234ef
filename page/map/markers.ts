/** The places on the map: which there are, where, and what each stands for on a day. */

import RBush from "rbush";
import { type Mention, type Place, type RoadStay, isStay, isStop } from "../journey/data";
import type { DayState } from "../journey/daystate";
import type { Itinerary } from "../journey/itinerary";
import { type Box, type XY, boxAround, contains, distance, expanded } from "../lib/geometry";
import { worldX, worldY, wrapLongitude } from "../lib/mercator";
import { lastUpTo } from "../lib/numbers";

/** What a marker stands for on the day shown; one on an area is not drawn. */
export type MarkerState = "stay" | "way" | "ahead" | "mention" | "area";

/** A point of the map with the rows that share it. */
export interface Marker extends XY {
  key: string;
  /** Its place among all, in which they are drawn. */
  order: number;
  /** Days of its stays. */
  lived: number;
  /** Its stays of the road, in order; it may stand for a row that is only named. */
  stays: RoadStay[];
  /** The row that the marker speaks of on the day shown. */
  shown: RoadStay | Mention;
  state: MarkerState;
  /** Whether it is only named and too near a stay to be told apart from it. */
  hidden: boolean;
  /** First days of its stays, and the latest stop among so many of them. */
  starts: number[];
  latestStops: (RoadStay | undefined)[];
  /** On the world's unit square. */
  world: XY;
  /** The class of its mark in the style sheet: what it stands for, and the phase of a stay; empty where it is not drawn. */
  look: string;
}

/** A mention nearer than this to a stay, in px, is not drawn. */
const CROWDED = 14;
/** More marks than this are drawn only where they are seen, up to so many px beyond the edges of the view. */
const MOST_EVERYWHERE = 300;
const MARGIN = 160;
/** More marks than this are not told apart: of those that share a cell of the map one is drawn. */
const MOST_DRAWN = 1500;

/** Finds markers by their place on the world's unit square. */
class MarkerIndex extends RBush<Marker> {
  override toBBox({ world: { x, y } }: Marker) {
    return { minX: x, minY: y, maxX: x, maxY: y };
  }
  override compareMinX(a: Marker, b: Marker) {
    return a.world.x - b.world.x;
  }
  override compareMinY(a: Marker, b: Marker) {
    return a.world.y - b.world.y;
  }
}

export class Markers {
  /** Those that are drawn, in their order. */
  drawn: Marker[] = [];
  readonly #all: Marker[];
  readonly #byKey: Map<string, Marker>;
  readonly #index = new MarkerIndex();
  readonly #phaseClasses: readonly string[];
  /** Width of the world and its corner, in px. */
  #scale = 1;
  #origin: XY = { x: 0, y: 0 };
  /** The part of the map in which marks are drawn; null where all are. */
  #extent: Box | null = null;

  constructor(itinerary: Itinerary) {
    this.#phaseClasses = itinerary.phaseClasses;
    this.#byKey = gather(itinerary);
    this.#all = [...this.#byKey.values()];
    this.#index.load(this.#all);
  }

  /** Whether they are so many that only those of an area are drawn. */
  get areMany(): boolean {
    return this.#all.length > MOST_EVERYWHERE;
  }

  /** The part of the map in which they are drawn; null where all are. */
  get extent(): Box | null {
    return this.#extent;
  }

  get(key: string): Marker | undefined {
    return this.#byKey.get(key);
  }

  /** Put every mark where a world so many px wide has it whose corner is at `origin`; `view` is what is seen of it. */
  project(scale: number, origin: XY, view: Box): void {
    this.#scale = scale;
    this.#origin = origin;
    for (const marker of this.#all) {
      marker.x = marker.world.x * scale - origin.x;
      marker.y = marker.world.y * scale - origin.y;
      if (!marker.stays.length) marker.hidden = this.#isCrowded(marker);
    }
    this.#extent = null;
    this.#setDrawn(view);
  }

  /** A place only named gives way to a stay too near to be told apart. */
  #isCrowded(marker: Marker): boolean {
    return this.#within(boxAround(marker, CROWDED)).some(
      (other) => other.stays.length > 0 && distance(other, marker) < CROWDED,
    );
  }

  #within({ left, top, right, bottom }: Box): Marker[] {
    const { x, y } = this.#origin;
    const minX = (left + x) / this.#scale;
    const minY = (top + y) / this.#scale;
    return this.#index.search({
      minX,
      minY,
      maxX: (right + x) / this.#scale,
      maxY: (bottom + y) / this.#scale,
    });
  }

  /** Have what is seen now drawn; returns whether other markers are drawn than before. */
  cover(view: Box): boolean {
    const leaves = this.#extent !== null && !contains(this.#extent, view);
    if (leaves) this.#setDrawn(view);
    return leaves;
  }

  /** The nearest to a point that is seen, at most so many px away. */
  nearest(point: XY, reach: number): Marker | undefined {
    const near = this.#within(boxAround(point, reach)).filter(
      (marker) => this.#isSeen(marker) && distance(marker, point) <= reach,
    );
    return near.sort((a, b) => distance(a, point) - distance(b, point))[0];
  }

  #setDrawn(view: Box): void {
    this.#extent = this.areMany ? expanded(view, MARGIN) : null;
    const found = this.#extent ? this.#within(this.#extent) : [...this.#all];
    const drawn = this.#extent && found.length > MOST_DRAWN ? this.#thinned(found, this.#extent) : found;
    for (const marker of this.drawn) marker.look = "";
    this.drawn = drawn.sort((a, b) => a.order - b.order);
  }

  /** Of markers in the same cell that with the longest stays. */
  #thinned(markers: readonly Marker[], { left, top, right, bottom }: Box): Marker[] {
    const cell = Math.sqrt(((right - left) * (bottom - top)) / MOST_DRAWN);
    const chosen = new Map<string, Marker>();
    for (const marker of markers) {
      const [x, y] = [marker.world.x, marker.world.y].map((at) => Math.floor((at * this.#scale) / cell));
      const key = `${x} ${y}`;
      const other = chosen.get(key);
      if (!other || marker.lived > other.lived) chosen.set(key, marker);
    }
    return [...chosen.values()];
  }

  /** Have each stand for its latest stay. */
  show(state: DayState): void {
    for (const marker of this.drawn) {
      bringUpToDate(marker, state);
      marker.look = this.#lookOf(marker);
    }
  }

  #lookOf({ state, shown, hidden }: Marker): string {
    if (hidden || state === "area") return "";
    const phase = isStay(shown) ? (this.#phaseClasses[shown.phase] ?? "") : "";
    return state === "stay" ? `stay ${phase}` : state;
  }

  /** Whether a marker is drawn, and not left out by the style sheet. */
  #isSeen(marker: Marker): boolean {
    if (!marker.look) return false;
    const { classList, dataset } = document.documentElement;
    if (marker.state === "mention") return !classList.contains("no-mentions") && dataset.mode !== "overview";
    return marker.state !== "ahead" || !classList.contains("no-ahead");
  }
}

/** Have a marker stand for its latest stay. */
function bringUpToDate(marker: Marker, { day, overview }: DayState): void {
  const begun = overview ? marker.stays.length - 1 : lastUpTo(marker.starts, day);
  const latest = marker.latestStops[begun] ?? marker.stays[begun];
  marker.shown = latest ?? marker.stays[0] ?? marker.shown;
  marker.state = stateOf(marker, latest, overview);
}

/** Rows that share a point to about a kilometre share a marker. */
function gather({ road, data }: Itinerary): Map<string, Marker> {
  const markers = new Map<string, Marker>();
  for (const place of [...road, ...data.mentions]) {
    const key = `${place.lat.toFixed(2)} ${place.lon.toFixed(2)}`;
    const marker = markers.get(key) ?? markerAt(place, key, markers.size);
    markers.set(key, marker);
    if (place.type === "mention") continue;
    marker.stays.push(place);
    marker.lived += place.end - place.start;
    marker.starts.push(place.start);
    marker.latestStops.push(isStop(place) ? place : marker.latestStops.at(-1));
  }
  return markers;
}

function markerAt(place: RoadStay | Mention, key: string, order: number): Marker {
  const { lat, lon } = place;
  return {
    key,
    order,
    lived: 0,
    look: "",
    x: 0,
    y: 0,
    stays: [],
    shown: place,
    state: "area",
    hidden: false,
    starts: [],
    latestStops: [],
    world: { x: worldX(wrapLongitude(lon)), y: worldY(lat) },
  };
}

function stateOf(marker: Marker, latest: Place | undefined, overview: boolean): MarkerState {
  if (marker.shown.areal) return "area";
  if (!marker.stays.length) return "mention";
  if (!latest) return "ahead";
  if (latest.type === "stop") return "stay";
  return overview ? "area" : "way";
}
