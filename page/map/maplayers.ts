/** What is drawn on the map: which layers there are, in which order, and what of them is shown. */

import type { Map as LeafletMap } from "leaflet";
import type { Basemap, Polities } from "../basemap/data";
import { BasemapTiles, WorldOverlay } from "../basemap/layers";
import { OnlineRelief } from "../basemap/onlinerelief";
import type { RenderQueue } from "../basemap/queue";
import { type StateName, StateNames } from "../basemap/statenames";
import { StatesLayer } from "../basemap/stateslayer";
import type { Borders } from "../basemap/style";
import type { WorldCanvas } from "../basemap/worldcanvas";
import type { Place } from "../journey/data";
import type { DayState } from "../journey/daystate";
import { getElement } from "../lib/dom";
import { AreasLayer, type ShownArea } from "./areas";
import { Labels } from "./labels/layer";
import type { Overlays } from "./overlays";
import { Road } from "./road";

/** What the reader wants on the map. */
export interface MapOptions {
  follow: boolean;
  ahead: boolean;
  mentions: boolean;
  borders: Borders;
}

/** How much heavier the road is drawn on a wall. */
const WALL_WEIGHT = 1.7;

/** What the opening script has begun. */
export interface Opening {
  queue: RenderQueue;
  world: WorldCanvas;
}

export class MapLayers {
  readonly labels: Labels;
  readonly states: StatesLayer;
  readonly #map: LeafletMap;
  readonly #state: DayState;
  readonly #world: WorldOverlay;
  readonly #tiles: BasemapTiles;
  readonly #areas: AreasLayer;
  readonly #road: Road;
  readonly #relief: OnlineRelief | null;
  readonly #stateNames: StateNames;
  #options: MapOptions = { follow: true, ahead: true, mentions: false, borders: "day" };
  #presenting = false;
  /** What the labels were last laid out for. */
  #labelled = "";

  constructor(
    map: LeafletMap,
    state: DayState,
    overlays: Overlays,
    { queue, world }: Opening,
    choose: (place: Place) => void,
  ) {
    const { itinerary } = state;
    const { data } = itinerary;
    this.#map = map;
    this.#state = state;
    map.createPane("statesPane").style.zIndex = "250";
    map.createPane("shadePane").style.zIndex = "350";
    this.#world = new WorldOverlay(world).addTo(map);
    this.#tiles = new BasemapTiles(queue).addTo(map);
    this.#stateNames = new StateNames(JSON.parse(queue.sources.polities) as Polities);
    this.states = new StatesLayer(queue, this.#stateNames.changes, () => this.#dropTiles()).addTo(map);
    this.#areas = new AreasLayer(queue, data).addTo(map);
    this.#relief = data.online && new OnlineRelief(map, data.online);
    this.#road = new Road(map, itinerary, choose).addTo(map);
    const { waters } = JSON.parse(queue.sources.basemap) as Basemap;
    this.labels = new Labels(map, itinerary, waters, {
      state,
      road: this.#road,
      overlays,
      areas: () => [...this.#drawnAreas(), ...this.#mentionedAreas()],
      states: () => this.#namedStates(),
      holderAt: (point) => this.#stateNames.holderAt(point, state.day),
      isPresenting: () => this.#presenting,
      mentions: () => this.#options.mentions,
    });
    this.labels.onChoose(choose);
    this.#hideUnwanted();
    state.subscribe(() => this.#show());
  }

  get borders(): Borders {
    return this.#options.borders;
  }

  /** Do what can be done before somebody needs it: nothing else is left to paint. */
  prepare(): void {
    this.states.paintWorld();
    this.#stateNames.prepare();
  }

  /** Draw what the reader wants. */
  setOptions(options: MapOptions): void {
    this.#road.legs.setAhead?.(options.ahead);
    getElement("states-legend").hidden = options.borders !== "day";
    const repaint = this.#options.borders !== options.borders;
    this.#options = options;
    this.#hideUnwanted();
    if (repaint) this.repaint();
  }

  /** The style sheet hides what the reader does not want. */
  #hideUnwanted(): void {
    document.documentElement.classList.toggle("no-mentions", !this.#options.mentions);
    document.documentElement.classList.toggle("no-ahead", !this.#options.ahead);
  }

  /** Draw heavier, for a wall. */
  setPresenting(presenting: boolean): void {
    this.#presenting = presenting;
    this.#road.latest.weight = presenting ? WALL_WEIGHT : 1;
  }

  /** Paint the basemap anew, as after a change of theme. */
  repaint(): void {
    const { borders } = this.#options;
    this.#relief?.show(borders === "online");
    this.#tiles.borders = borders;
    if (borders !== "day" || this.#state.overview) this.#addTiles();
    if (this.#map.hasLayer(this.#tiles)) this.#tiles.redraw();
    this.#world.repaint();
    this.states.enable(borders === "day");
    this.#areas.redraw();
    this.#road.restyle();
  }

  /** The pictures of states hide the bare land, which then need not be painted too. */
  #dropTiles(): void {
    if (this.#options.borders === "day" && !this.#state.overview) this.#tiles.remove();
  }

  #addTiles(): void {
    if (!this.#map.hasLayer(this.#tiles)) this.#tiles.addTo(this.#map);
  }

  #show(): void {
    const { day, overview, pace, moment } = this.#state;
    if (!moment) return;
    this.states.suspend(overview);
    if (overview) this.#addTiles();
    else if (this.states.world) this.#dropTiles();
    this.states.show(day, pace);
    this.#areas.show(this.#drawnAreas());
    this.#road.show(this.#state);
  }

  /** Lay the names out anew if they, or what they name, are others. */
  layoutIfChanged(): void {
    const { day, overview, pace, chosen, moment } = this.#state;
    if (!moment) return;
    const states = pace === "drag" ? "" : this.#stateNames.step(day);
    const place = [moment.stay.id, moment.travelling, moment.leg, moment.areas.length];
    const key = [overview, ...place, chosen?.id, states].join(" ");
    if (key === this.#labelled) return;
    this.#labelled = key;
    // Under the pointer this is called between frames that show a new day.
    if (pace === "drag") this.labels.layout();
    else this.labels.layoutNext();
  }

  #namedStates(): StateName[] {
    const { day, overview } = this.#state;
    return this.#options.borders === "day" && !overview ? this.#stateNames.on(day) : [];
  }

  /** Areas drawn on this day. */
  #drawnAreas(): ShownArea[] {
    const { overview, moment, chosen, itinerary } = this.#state;
    if (!moment) return [];
    const stays = overview
      ? [...itinerary.areas, ...itinerary.road].filter(({ kind }) => kind === "region")
      : [...moment.areas, ...(moment.stay.areal ? [moment.stay] : [])];
    const areas = stays.map((place): ShownArea => ({
      place,
      style: place.kind === "region" ? "region" : "country",
    }));
    return chosen?.areal ? [...areas, { place: chosen, style: "mention" }] : areas;
  }

  /** Countries and regions that are only named: a name, never a pin. */
  #mentionedAreas(): ShownArea[] {
    const { overview, chosen, itinerary } = this.#state;
    if (overview || !this.#options.mentions) return [];
    const named = itinerary.data.mentions.filter((place) => place.areal && place !== chosen);
    return named.map((place) => ({ place, style: "mention" }));
  }
}
