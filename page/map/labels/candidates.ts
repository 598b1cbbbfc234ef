/** Which labels there are on a day, and how much each matters. */

import type { Water } from "../../basemap/data";
import type { StateName } from "../../basemap/statenames";
import type { LatLon, Outline, Place } from "../../journey/data";
import type { DayState } from "../../journey/daystate";
import type { Itinerary, Moment } from "../../journey/itinerary";
import type { Box, XY } from "../../lib/geometry";
import { worldWidth } from "../../lib/mercator";
import type { ShownArea } from "../areas";
import type { Marker } from "../markers";
import { type Label, type LabelKind, TYPES } from "./label";
import { NOTED_STATE, SMALLEST_STATE } from "./positions";

/** What is to be labelled, in the map layer's px. */
export interface LabelScene {
  state: DayState;
  moment: Moment;
  zoom: number;
  /** Factor on every size of type. */
  typeScale: number;
  /** The part of the view beside the card. */
  free: Box;
  areas: readonly ShownArea[];
  states: readonly StateName[];
  /** Marks in view, or nearly. */
  markers: readonly Marker[];
  /** Whether a point is in view, or nearly. */
  isNear: (point: XY) => boolean;
  toLayer: (latLon: LatLon) => XY;
}

const WATER_SIZES = [0, 18, 15, 13, 12];
/** Zoom from which a water of each rank is named. */
const WATER_ZOOMS = [0, 1, 3, 3.4, 4.6];
/** Before the journey begins few places are named: those of stays of so many days. */
const OVERVIEW_DAYS = 60;
/** Width of a letter of a state's name with its space, in em, and the largest size, in px. */
const STATE_PITCH = 0.95;
const LARGEST_STATE = 32;
/** Weights of the kinds; a stop's grows with its days, a state's with its rank, and then its room. */
const WEIGHTS = {
  now: 1e9,
  area: 9e7,
  onLeg: 1e7,
  stop: 1e6,
  state: 5e5,
  mention: 4e5,
  mentionedArea: 3e5,
  way: 1e5,
  water: 100,
};
/** By the state's rank; within one, room counts. */
const STATE_RANKS = [0, 3e5, 2e5, 1e5];
const MOST_STATE_ROOM = 9e4;

export class LabelCandidates {
  readonly #itinerary: Itinerary;
  readonly #waters: readonly Water[];

  constructor(itinerary: Itinerary, waters: readonly Water[]) {
    this.#itinerary = itinerary;
    this.#waters = waters;
  }

  /** Labels that would like to be seen, the weightiest first. */
  of(scene: LabelScene): Label[] {
    const areas = scene.areas.filter(
      ({ place }, i, all) => all.findIndex((area) => area.place.place === place.place) === i,
    );
    const named = new Set(areas.map(({ place }) => place.place));
    const waters = this.#waters.filter(
      ({ name, rank }) => scene.zoom >= (WATER_ZOOMS[rank] ?? 0) && !named.has(name),
    );
    return [
      ...scene.markers.flatMap((marker) => this.#ofMarker(marker, scene) ?? []),
      ...areas.map((area) => this.#ofArea(area, scene)),
      ...scene.states.flatMap((name) => ofState(name, scene) ?? []),
      ...waters.map((water) => ofWater(water, scene)),
    ].sort((a, b) => b.weight - a.weight);
  }

  #ofMarker(marker: Marker, scene: LabelScene): Label | null {
    const { state, moment } = scene;
    const now = !state.overview && !moment.travelling && marker.stays.includes(moment.stay);
    const mentioned = marker.state === "mention";
    if (!now && (marker.state === "ahead" || (state.overview && mentioned))) return null;
    const { lived } = marker;
    if (state.overview && lived < OVERVIEW_DAYS) return null;
    const kind = now ? "now" : mentioned ? "mention" : marker.state === "way" ? "way" : "stop";
    const place = now ? moment.stay : marker.shown;
    const weight =
      !now && this.#isOnLeg(marker, scene) ? WEIGHTS.onLeg : WEIGHTS[kind] + (kind === "stop" ? lived : 0);
    const note = place.type === "mention" && place.unreached ? place.role : "";
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
      weight: mentioned ? WEIGHTS.mentionedArea : WEIGHTS.area,
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
    const [low, high] = [toLayer([south, west]), toLayer([north, Math.max(west, east)])];
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

/** A state's name, as large as its land allows; too small a one is not written. */
function ofState(state: StateName, { zoom, typeScale, toLayer }: LabelScene): Label | null {
  const room = (state.width / 360) * worldWidth(zoom);
  const { text, note } = shortened(state, room);
  const size = Math.min(LARGEST_STATE * typeScale, room / (text.length * STATE_PITCH));
  if (size < SMALLEST_STATE) return null;
  const { x, y } = toLayer([state.lat, state.lon]);
  return {
    id: `state ${state.key}`,
    kind: "state",
    text: text.toUpperCase(),
    note,
    weight: WEIGHTS.state + STATE_RANKS[state.rank]! + Math.min(MOST_STATE_ROOM, room),
    size,
    angle: state.angle,
    centred: true,
    place: null,
    room,
    x,
    y,
  };
}

/**
 * Where there is little room a state goes by its short name, and a name with a title gives it up
 * to the note: Finland, Grand Duchy.
 */
function shortened({ name, short, note }: StateName, room: number): { text: string; note: string } {
  const size = (text: string) => room / (text.length * STATE_PITCH);
  if (short && size(name) < NOTED_STATE) return { text: short, note };
  const [, title, own] = /^(.+?) of (?:the )?(.+)$/.exec(name) ?? [];
  return own && title && size(name) < NOTED_STATE ? { text: own, note: title } : { text: name, note };
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
