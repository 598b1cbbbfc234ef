/** Which labels there are on a day, and how much each matters. */

import type { Water } from "../../basemap/data";
import type { StateName } from "../../basemap/statenames";
import { type LatLon, type Outline, type Place, isStay } from "../../journey/data";
import type { DayState } from "../../journey/daystate";
import type { Itinerary, Moment } from "../../journey/itinerary";
import { type Box, type XY, distance } from "../../lib/geometry";
import type { ShownArea } from "../areas";
import type { Marker } from "../markers";
import { type Label, type LabelKind, TYPES } from "./label";
import { stateLabels, toldWithPlace } from "./statelabels";

/** What is to be labelled, in the map layer's px. */
export interface LabelScene {
  state: DayState;
  moment: Moment;
  zoom: number;
  /** Factor on every size of type. */
  typeScale: number;
  /** Whether it is for a wall, where the place he is in stands in a corner. */
  presenting: boolean;
  /** The part of the view beside the card. */
  free: Box;
  areas: readonly ShownArea[];
  states: readonly StateName[];
  /** Marks in view, or nearly. */
  markers: readonly Marker[];
  /** Whether a point is in view, or nearly. */
  isNear: (point: XY) => boolean;
  /** Key of the state that holds the land at a point on the day. */
  holderAt: (point: XY) => string | undefined;
  /** Points of the road of the year that the day is in: looked for among all stays, and only where states are named. */
  roadOfYear: () => readonly XY[];
  toLayer: (latLon: LatLon) => XY;
}

const WATER_SIZES = [0, 18, 15, 13, 12];
/** Zoom from which a water of each rank is named. */
const WATER_ZOOMS = [0, 1, 3, 3.4, 4.6];
/** Marks nearer than this, in px, are not both named where they are of one city. */
const SAME_CITY = 60;
/** A country at least this part as wide as the state that holds it is that state, by whatever name. */
const SAME_LAND = 0.75;
/** The eastern edge of the world, in degrees: at 180° its western edge begins. */
const EAST_EDGE = 179.99;
/** Weights of the kinds; that of a mark grows with its importance, an area's with its days. */
const WEIGHTS = {
  now: 1e9,
  onLeg: 2e8,
  area: 9e7,
  stop: 1e6,
  way: 1e5,
  water: 100,
  mention: 50,
  mentionedArea: 40,
};
/** … by so much for each power of ten in days, or thrice that in people. */
const IMPORTANCE = 1e4;

export class LabelCandidates {
  readonly #itinerary: Itinerary;
  readonly #waters: readonly Water[];

  constructor(itinerary: Itinerary, waters: readonly Water[]) {
    this.#itinerary = itinerary;
    this.#waters = waters;
  }

  /** Labels that would like to be seen, the weightiest first. */
  of(scene: LabelScene): Label[] {
    const { areas, merged } = this.#parted(scene);
    const named = new Set(areas.map(({ place }) => place.place));
    const waters = this.#waters.filter(
      ({ name, rank }) => !scene.presenting && scene.zoom >= (WATER_ZOOMS[rank] ?? 0) && !named.has(name),
    );
    const marks = scene.markers.flatMap((marker) => this.#ofMarker(marker, scene) ?? []).sort(byWeight);
    return [
      ...onceACity(marks),
      ...areas.map((area) => this.#ofArea(area, scene)),
      ...stateLabels(scene, merged),
      ...waters.map((water) => ofWater(water, scene)),
    ].sort(byWeight);
  }

  /** The areas to be named, each name once, and those that are named as a state is, by its key. */
  #parted(scene: LabelScene): { areas: ShownArea[]; merged: Map<string, Place> } {
    const merged = new Map<string, Place>();
    const named = new Set<string>();
    const areas = scene.areas.filter(({ place }) => {
      const state = this.#stateOf(place, scene);
      if (state) merged.set(state.key, place);
      if (state || named.has(place.place)) return false;
      named.add(place.place);
      return true;
    });
    return { areas, merged };
  }

  /** The state that is the country: one of its name, or one about as wide that holds the land there. */
  #stateOf(place: Place, { states, holderAt, toLayer }: LabelScene): StateName | undefined {
    if (place.kind !== "country") return undefined;
    const namesake = states.find(({ name, short }) => name === place.place || short === place.place);
    if (namesake) return namesake;
    const holder = holderAt(toLayer([place.lat, place.lon]));
    const [, west, , east] = this.#itinerary.data.shapes[place.shape ?? ""]?.bounds ?? [0, 0, 0, 0];
    return states.find(({ key, width }) => key === holder && east - west >= SAME_LAND * width);
  }

  #ofMarker(marker: Marker, scene: LabelScene): Label | null {
    const { state, moment } = scene;
    const now = !state.overview && !moment.travelling && marker.stays.includes(moment.stay);
    const mentioned = marker.state === "mention";
    if (!now && (marker.state === "ahead" || (state.overview && mentioned))) return null;
    // On a wall the place he is in is told in a corner, the largest of all.
    if (scene.presenting && (now || mentioned)) return null;
    const kind = now ? "now" : mentioned ? "mention" : marker.state === "way" ? "way" : "stop";
    const place = now ? moment.stay : marker.shown;
    const weight =
      !now && this.#isOnLeg(marker, scene) ? WEIGHTS.onLeg : WEIGHTS[kind] + importanceOf(marker);
    const role = place.type === "mention" && place.unreached ? place.role : "";
    const note = now ? (toldWithPlace(scene)?.name ?? "") : role;
    const { key: id, x, y } = marker;
    return {
      id,
      kind,
      text: place.place,
      note,
      weight,
      size: sizeOf(kind, scene),
      angle: 0,
      centred: false,
      place,
      x,
      y,
    };
  }

  /** Whether a marker is a way-point of the latest leg. */
  #isOnLeg({ shown }: Marker, { state, moment }: LabelScene): boolean {
    const leg = this.#itinerary.legs[moment.leg];
    return (
      !state.overview && leg !== undefined && this.#itinerary.endsOf(leg).via.some((stay) => stay === shown)
    );
  }

  #ofArea({ place, style }: ShownArea, scene: LabelScene): Label {
    const mentioned = style === "mention";
    const extent = this.#extentOf(place, scene);
    const kind = mentioned ? "mention" : "area";
    return {
      ...(mentioned ? scene.toLayer([place.lat, place.lon]) : pointOf(place, extent, scene)),
      id: `area ${place.id}`,
      kind,
      text: mentioned ? `◇ ${place.place}` : place.place,
      note: mentioned || scene.state.overview ? "" : place.dates,
      weight: mentioned ? WEIGHTS.mentionedArea : WEIGHTS.area + daysIn(place),
      size: sizeOf(kind, scene),
      angle: 0,
      centred: true,
      place,
      extent,
    };
  }

  /** The extent of an area, in px; null where the data hold none. */
  #extentOf(place: Place, { toLayer }: LabelScene): Box | null {
    const outline: Outline | undefined = this.#itinerary.data.shapes[place.shape ?? ""];
    if (!outline) return null;
    const [south, west, north, east] = outline.bounds;
    const [low, high] = [toLayer([south, west]), toLayer([north, Math.min(EAST_EDGE, Math.max(west, east))])];
    return { left: low.x, top: high.y, right: high.x, bottom: low.y };
  }
}

/** Where an area's name stands: on its own point, or in the middle of what can be seen of it. */
function pointOf(place: Place, extent: Box | null, { free, toLayer }: LabelScene): XY {
  const own = toLayer([place.lat, place.lon]);
  const seen =
    own.x > free.left + 60 && own.x < free.right - 60 && own.y > free.top + 20 && own.y < free.bottom - 20;
  if (seen || !extent || place.kind === "country") return own;
  const [x0, x1] = [Math.max(free.left, extent.left), Math.min(free.right, extent.right)];
  const [y0, y1] = [Math.max(free.top, extent.top), Math.min(free.bottom, extent.bottom)];
  return x1 - x0 > 120 && y1 - y0 > 60 ? { x: (x0 + x1) / 2, y: (y0 + y1) / 2 } : own;
}

const byWeight = (a: Label, b: Label) => b.weight - a.weight;

/** How much a mark matters: by the days lived there, and the people of its city today. */
function importanceOf({ lived, shown }: Marker): number {
  if (shown.type === "mention") return 0;
  return IMPORTANCE * (Math.log10(1 + lived) + 3 * Math.log10(1 + shown.people / 1e5));
}

function daysIn(place: Place): number {
  return isStay(place) ? place.end - place.start : 0;
}

/** Of marks beside each other in one city, the weightiest: Moscow, and not its prison too. */
function onceACity(labels: readonly Label[]): Label[] {
  const kept = new Map<string, Label[]>();
  return labels.filter((label) => {
    const cities = citiesOf(label);
    const known = cities.flatMap((city) => kept.get(city) ?? []);
    if (known.some((other) => distance(other, label) < SAME_CITY)) return false;
    for (const city of cities) kept.set(city, [...(kept.get(city) ?? []), label]);
    return true;
  });
}

/** The names of the city that a label's place is, or, after a comma, is in: Butyrka prison, Moscow. */
function citiesOf({ text, place }: Label): string[] {
  const city = text.slice(text.lastIndexOf(", ") + 1).trim();
  return [...new Set([text, city, place?.modern ?? ""])].filter(Boolean);
}

function ofWater({ name, lat, lon, rank, angle }: Water, { typeScale, toLayer }: LabelScene): Label {
  const { x, y } = toLayer([lat, lon]);
  const size = (WATER_SIZES[rank] ?? 0) * typeScale;
  return {
    id: `water ${name}`,
    kind: "water",
    text: name,
    note: "",
    weight: WEIGHTS.water - rank,
    size,
    angle,
    centred: true,
    place: null,
    x,
    y,
  };
}

function sizeOf(kind: LabelKind, { typeScale }: LabelScene): number {
  return TYPES[kind].size * typeScale;
}
