/** The names on the map: laid out anew when the view, or what is to be named, is another. */

import type { Map as LeafletMap } from "leaflet";
import type { Water } from "../../basemap/data";
import type { StateName } from "../../basemap/statenames";
import type { LatLon, Place } from "../../journey/data";
import type { DayState } from "../../journey/daystate";
import type { Itinerary } from "../../journey/itinerary";
import { AfterFrame } from "../../lib/afterframe";
import { dayOf, yearOf } from "../../lib/dates";
import { type XY, boxAround, densified, expanded, isWithin, translated } from "../../lib/geometry";
import { worldWidth } from "../../lib/mercator";
import { isMedium, isNarrow } from "../../lib/screen";
import type { ShownArea } from "../areas";
import type { Marker } from "../markers";
import type { Overlays } from "../overlays";
import type { Road } from "../road";
import { LabelCandidates, type LabelScene } from "./candidates";
import { CollisionIndex } from "./collisions";
import { LegName } from "./legname";
import { makeMeasure } from "./measure";
import { LabelPlacement } from "./placement";
import { LabelRenderer } from "./renderer";

/** Names are laid out at most this often while the map moves, in ms. */
const INTERVAL = 120;
/** Distance kept from the view's edge, and reach beyond it of what counts as near, in px. */
const EDGE = 4;
const NEAR = 20;
/** Factor on the type on a wall so many px wide: a stop is named in 32 px. */
const WALL = { scale: 2.2, width: 1890 };
/** Half the size of what names keep off, in px. */
const REACH = { traveller: 15, mark: 5, wayPoint: 2 };
/** Distance in px between the points at which names keep off the latest leg. */
const ROAD_GAP = 9;

/** Where on each part of a leg it is asked which state it crosses, as shares of the part. */
const PARTS = [0.2, 0.4, 0.6, 0.8];

/** What the labels need to know of the rest of the map. */
interface LabelSources {
  state: DayState;
  road: Road;
  overlays: Overlays;
  /** Areas that are drawn or named on the day. */
  areas: () => ShownArea[];
  /** States named on the day. */
  states: () => StateName[];
  /** Key of the state that holds the land at a point of the world's unit square on the day. */
  holderAt: (point: XY) => string | undefined;
  isPresenting: () => boolean;
  /** Whether places that are only named are on the map. */
  mentions: () => boolean;
}

export class Labels {
  readonly #map: LeafletMap;
  readonly #sources: LabelSources;
  readonly #candidates: LabelCandidates;
  readonly #placement: LabelPlacement;
  readonly #renderer: LabelRenderer;
  readonly #legName: LegName;
  readonly #next = new AfterFrame(() => this.layout());
  #timer = 0;
  #laidOut = 0;

  constructor(map: LeafletMap, itinerary: Itinerary, waters: readonly Water[], sources: LabelSources) {
    const measure = makeMeasure();
    const group = sources.road.labelGroup;
    this.#map = map;
    this.#sources = sources;
    this.#candidates = new LabelCandidates(itinerary, waters);
    this.#placement = new LabelPlacement(measure);
    this.#legName = new LegName(group, itinerary, measure);
    this.#renderer = new LabelRenderer(group);
    map.on("moveend zoomend resize", () => this.layoutSoon());
  }

  /** Call `choose` with the place whose name was pressed. */
  onChoose(choose: (place: Place) => void): void {
    this.#sources.road.labelGroup.addEventListener("click", (event) => {
      const place = event.target instanceof Element ? this.#renderer.labelAt(event.target)?.place : undefined;
      // The map would look for a mark below.
      event.stopPropagation();
      if (place) choose(place);
    });
  }

  /** Factor on every size of type: larger on a wall, smaller on a phone. */
  get #typeScale(): number {
    if (isNarrow()) return 0.86;
    if (this.#sources.isPresenting()) return Math.max(1, (WALL.scale * this.#map.getSize().x) / WALL.width);
    return isMedium() ? 0.93 : 1;
  }

  /** Whether a layout is due. */
  get pending(): boolean {
    return this.#timer !== 0 || this.#next.asked;
  }

  /** Lay out once the next frame is painted: what was pressed is answered first. */
  layoutNext(): void {
    this.#next.ask();
  }

  /** Lay out soon, but not before the interval since the last time is over. */
  layoutSoon(): void {
    const since = performance.now() - this.#laidOut;
    if (since > INTERVAL) this.layoutNext();
    else this.#timer ||= window.setTimeout(() => this.layout(), INTERVAL - since);
  }

  layout(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#next.cancel();
    this.#laidOut = performance.now();
    const scene = this.#scene();
    if (!scene) return;
    const { road } = this.#sources;
    const { overview, pace } = scene.state;
    const travelled = road.travelled();
    const room = this.#room(scene, overview ? [] : travelled);
    const labels = this.#candidates.of(scene);
    this.#renderer.render(this.#placement.place(labels, room, { overview, dragging: pace === "drag" }));
    this.#legName.render(travelled, scene, room);
  }

  #scene(): LabelScene | null {
    const { state, road, overlays, areas, states, holderAt, isPresenting } = this.#sources;
    if (!state.moment) return null;
    const origin = this.#map.getPixelOrigin();
    const scale = worldWidth(this.#map.getZoom());
    const near = expanded(this.#edges(), NEAR);
    return {
      state,
      moment: state.moment,
      zoom: this.#map.getZoom(),
      typeScale: this.#typeScale,
      presenting: isPresenting(),
      free: translated(overlays.free, this.#corner()),
      areas: areas(),
      states: states(),
      markers: road.markers.drawn.filter((marker) => this.#isSeen(marker) && isWithin(marker, near)),
      isNear: (point) => isWithin(point, near),
      holderAt: ({ x, y }) => holderAt({ x: (x + origin.x) / scale, y: (y + origin.y) / scale }),
      roadOfYear: () => this.#roadOfYear(state.day).map((point) => road.toLayer(point)),
      toLayer: (latLon) => road.toLayer(latLon),
    };
  }

  /** Whether a mark is seen; that of a place only named, where somebody has asked for them. */
  #isSeen({ state, hidden }: Marker): boolean {
    return state !== "area" && !hidden && (state !== "mention" || this.#sources.mentions());
  }

  /** Where he was in the year of a day, and the way there. */
  #roadOfYear(day: number): LatLon[] {
    const { itinerary } = this.#sources.state;
    const year = yearOf(day);
    const [first, last] = [dayOf(year), dayOf(year + 1) - 1];
    const stays = itinerary.road.filter(({ start, end }) => start <= last && end >= first);
    return stays.flatMap((stay): LatLon[] => {
      const course = stay.start >= first ? itinerary.legTo(stay)?.course : undefined;
      const parts = course ? Array.from({ length: course.parts }, (_, part) => part) : [];
      const way = parts.flatMap((part) => PARTS.map((share) => course!.at(part, share)));
      return [[stay.lat, stay.lon], ...way];
    });
  }

  /** The map's upper left corner in its layers' px. */
  #corner(): XY {
    return this.#map.containerPointToLayerPoint([0, 0]);
  }

  #edges() {
    const { x, y } = this.#map.getSize();
    return expanded(translated({ left: 0, top: 0, right: x, bottom: y }, this.#corner()), -EDGE);
  }

  /** The room that overlays, marks, the traveller and the latest leg leave. */
  #room(scene: LabelScene, travelled: readonly XY[]): CollisionIndex {
    const { state, moment, isNear } = scene;
    const corner = this.#corner();
    const room = new CollisionIndex(
      this.#edges(),
      this.#sources.overlays.obstacles.map((box) => translated(box, corner)),
    );
    room.blockAll(scene.markers.filter(({ state }) => state !== "ahead").map(roomAround));
    if (!state.overview)
      room.block(boxAround(scene.toLayer(moment.point), REACH.traveller * Math.max(1, scene.typeScale)));
    room.blockRoad(densified(travelled, ROAD_GAP).filter(isNear));
    return room;
  }
}

/** What names keep off a mark, but for its own. */
function roomAround(marker: Marker) {
  const reach = marker.state === "way" ? REACH.wayPoint : REACH.mark;
  return { box: boxAround(marker, reach), owner: marker.key };
}
