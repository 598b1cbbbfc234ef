/** The marks of places: what each looks like on a day. */

import { type Mention, type Place, type RoadStay, isStay, isStop } from "../journey/data";
import type { DayState } from "../journey/daystate";
import type { Itinerary } from "../journey/itinerary";
import { svgElement } from "../lib/dom";
import { type XY, distance } from "../lib/geometry";
import { isNarrow } from "../lib/screen";

/** What a marker stands for on the day shown; one on an area is not drawn. */
export type MarkerState = "stay" | "way" | "ahead" | "mention" | "area";

/** A point of the map with the rows that share it. */
export interface Marker extends XY {
  key: string;
  lat: number;
  lon: number;
  /** Its stays of the road, and the rows that are only named. */
  stays: RoadStay[];
  mentions: Mention[];
  /** The row that the marker speaks of on the day shown. */
  shown: RoadStay | Mention;
  state: MarkerState;
  /** Whether it is only named and too near a stay to be told apart from it. */
  hidden: boolean;
  element: SVGPathElement;
}

/** Radius of marks in px. */
const RADIUS = { stay: 5, way: 2.4, ahead: 3.2, mention: 6.5 };
/** … and their factor on a phone: all of the road in view, or a part of it. */
const NARROW_FACTORS = { overview: 0.68, day: 0.92 };
/** A mention nearer than this to a stay, in px, is not drawn. */
const CROWDED = 14;

export class Markers {
  readonly all: Marker[];
  readonly #itinerary: Itinerary;

  /** `choose` is called with the row shown when a mark is pressed. */
  constructor(group: SVGGElement, itinerary: Itinerary, choose: (place: Place) => void) {
    this.#itinerary = itinerary;
    this.all = gather(itinerary, () => svgElement("path", { class: "mark" }, group));
    for (const marker of this.all) marker.element.addEventListener("click", () => choose(marker.shown));
  }

  /** Put every mark where a projection has it. */
  project(project: (point: [number, number]) => XY): void {
    for (const marker of this.all) {
      Object.assign(marker, project([marker.lat, marker.lon]));
      marker.element.setAttribute("transform", `translate(${marker.x.toFixed(1)} ${marker.y.toFixed(1)})`);
    }
    this.#hideCrowded();
  }

  /** A place only named gives way to a stay too near to be told apart. */
  #hideCrowded(): void {
    const visited = this.all.filter((marker) => marker.stays.length);
    for (const marker of this.all) {
      if (marker.stays.length) continue;
      marker.hidden = visited.some((other) => distance(other, marker) < CROWDED);
      marker.element.toggleAttribute("hidden", marker.hidden);
    }
  }

  /** Give each mark the look of its latest stay. */
  show(state: DayState): void {
    const factor = !isNarrow() ? 1 : state.overview ? NARROW_FACTORS.overview : NARROW_FACTORS.day;
    for (const marker of this.all) this.#style(marker, state, factor);
  }

  #style(marker: Marker, { day, overview }: DayState, factor: number): void {
    const begun = overview ? marker.stays : marker.stays.filter((stay) => stay.start <= day);
    const latest = begun.findLast(isStop) ?? begun.at(-1);
    marker.shown = latest ?? marker.stays[0] ?? marker.shown;
    marker.state = stateOf(marker, latest, overview);
    const shown = isStay(marker.shown) ? this.#itinerary.phaseClasses[marker.shown.phase] : "";
    const style = marker.state === "stay" ? `stay ${shown}` : marker.state;
    const key = `${style} ${factor}`;
    if (marker.element.dataset.style === key) return;
    marker.element.dataset.style = key;
    marker.element.setAttribute("class", `mark ${style}`);
    marker.element.setAttribute("d", shapeOf(marker.state, style.endsWith("captive"), factor));
  }
}

/** Rows that share a point to about a kilometre share a marker. */
function gather({ road, data }: Itinerary, draw: () => SVGPathElement): Marker[] {
  const markers = new Map<string, Marker>();
  for (const place of [...road, ...data.mentions]) {
    const key = `${place.lat.toFixed(2)} ${place.lon.toFixed(2)}`;
    let marker = markers.get(key);
    if (!marker) {
      const { lat, lon } = place;
      marker = {
        key,
        lat,
        lon,
        x: 0,
        y: 0,
        stays: [],
        mentions: [],
        shown: place,
        state: "area",
        hidden: false,
        element: draw(),
      };
      markers.set(key, marker);
    }
    if (place.type === "mention") marker.mentions.push(place);
    else marker.stays.push(place);
  }
  return [...markers.values()];
}

function stateOf(marker: Marker, latest: RoadStay | undefined, overview: boolean): MarkerState {
  if (marker.shown.areal) return "area";
  if (!marker.stays.length) return "mention";
  if (!latest) return "ahead";
  if (isStop(latest)) return "stay";
  return overview ? "area" : "way";
}

/** Outline of a mark around its point. */
function shapeOf(state: MarkerState, captive: boolean, factor: number): string {
  if (state === "area") return "";
  const r = RADIUS[state] * factor;
  if (state === "mention") return diamond(r);
  return captive ? square(r * 0.92) : disc(r);
}

const disc = (r: number) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
const square = (r: number) => `M${-r} ${-r}H${r}V${r}H${-r}Z`;
const diamond = (r: number) => `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`;
