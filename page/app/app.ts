/** The page: one day at a time, shown by map, card and time bar together. */

import type { Map as LeafletMap, Point } from "leaflet";
import { Card } from "../card/card";
import type { JourneyData, LatLon } from "../journey/data";
import { DayState } from "../journey/daystate";
import { Itinerary } from "../journey/itinerary";
import { getElement, reducedMotion } from "../lib/dom";
import { Camera } from "../map/camera";
import { Frame } from "../map/frame";
import { type MapOptions, MapLayers, type Opening } from "../map/maplayers";
import { Overlays } from "../map/overlays";
import { Timeline } from "../timeline/timeline";
import { writeDate, writeTitle, writeTotals, writeWays } from "./captions";
import { wireButtons, wireKeys } from "./controls";
import { DateEntry } from "./dateentry";
import { openLayersMenu } from "./layersmenu";
import { Navigation } from "./navigation";

/** While the pointer moves, card and names follow the day this much later, in ms. */
const FOLLOW_DELAY = 70;
/** Windows higher and wider than this, in px, have room for an open legend. */
const LEGEND_ROOM = { height: 860, width: 640 };

export class App {
  readonly state: DayState;
  readonly navigation: Navigation;
  readonly layers: MapLayers;
  readonly camera: Camera;
  readonly overlays: Overlays;
  readonly #card: Card;
  readonly #timeline: Timeline;
  #presenting = false;
  #followTimer = 0;

  constructor(
    readonly map: LeafletMap,
    data: JourneyData,
    opening: Opening,
  ) {
    const itinerary = new Itinerary(data);
    this.state = new DayState(itinerary);
    this.overlays = new Overlays(map);
    writeTitle(itinerary);
    writeWays(itinerary);
    this.#setMode();
    this.camera = new Camera(map, () => this.overlays.free);
    this.camera.showAll(itinerary);
    this.navigation = new Navigation(this.state, map, this.camera, this.overlays, () => this.layers.labels);
    this.#card = new Card(itinerary);
    // What is shown follows the day in this order.
    this.state.subscribe(() => this.#setMode());
    wireButtons(this.state, this.navigation, () => this.#overlaysResized());
    this.#timeline = new Timeline(this.state, {
      drag: (day) => this.navigation.drag(day),
      rest: () => this.navigation.rest(),
      step: (direction) => this.navigation.step(direction),
      isPresenting: () => this.#presenting,
    });
    this.state.subscribe(() => writeDate(this.state, this.layers.borders));
    this.layers = new MapLayers(map, this.state, this.overlays, opening, (place) =>
      this.navigation.choose(place),
    );
    this.state.subscribe(() => this.#follow());
    new Frame(getElement("frame") as Element as SVGSVGElement, map);
    new DateEntry(this.state, (day) => this.navigation.goTo(day));
    this.#listen(data);
    this.state.notify();
  }

  /** Show a typed or addressed day, if it is one, without a flight; `stay` tells whose coming or leaving it is. */
  open(text: string, stay = ""): void {
    const day = this.state.itinerary.dayOf(text, stay);
    if (day !== null) this.navigation.open(day);
  }

  #listen(data: JourneyData): void {
    wireKeys(this.navigation);
    openLayersMenu(Boolean(data.online), (options) => this.#setOptions(options));
    document.addEventListener("fullscreenchange", () =>
      this.#setPresenting(document.fullscreenElement !== null),
    );
    reducedMotion.addEventListener("change", () => this.navigation.pause());
    this.map.on("resize", ({ oldSize }) => this.#mapResized(oldSize));
    // Overlays grow and shrink with what they tell; names wait until the pointer rests.
    const resized = new ResizeObserver(() => this.state.pace !== "drag" && this.#overlaysResized());
    for (const overlay of document.querySelectorAll("[data-overlay]")) resized.observe(overlay);
  }

  #overlaysResized(): void {
    this.overlays.invalidate();
    this.layers.labels.layoutSoon();
  }

  /** The map has another size; one that had none shows its day as if just opened. */
  #mapResized(oldSize: Point): void {
    this.overlays.invalidate();
    const hadSize = oldSize.x > 0 && oldSize.y > 0;
    if (this.state.overview) this.camera.showAll(this.state.itinerary);
    else if (this.state.moment && !hadSize) this.camera.open(this.state.moment.point);
  }

  #setOptions(options: MapOptions): void {
    this.camera.following = options.follow;
    this.layers.setOptions(options);
    this.state.notify();
    this.layers.labels.layout();
  }

  /** Card and names follow the day; while the pointer moves, in a frame that shows no new day. */
  #follow(): void {
    if (this.state.pace === "drag") {
      this.#followTimer ||= window.setTimeout(() => this.#tell(), FOLLOW_DELAY);
      return;
    }
    this.#tell();
  }

  #tell(): void {
    window.clearTimeout(this.#followTimer);
    this.#followTimer = 0;
    if (!this.state.moment) return;
    if (!this.state.overview) this.#card.show(this.state);
    writeTotals(this.state.moment, this.state.itinerary);
    this.layers.layoutIfChanged();
  }

  /** Lay the page out for the whole journey, for a day, or for a wall. */
  #setMode(): void {
    const mode = this.#presenting ? "present" : this.state.overview ? "overview" : "journey";
    const { dataset } = document.documentElement;
    if (dataset.mode === mode) return;
    dataset.mode = mode;
    // The map must know its size before the camera begins a flight.
    this.map.invalidateSize({ animate: false });
    this.overlays.invalidate();
    const roomy = window.innerHeight > LEGEND_ROOM.height && window.innerWidth > LEGEND_ROOM.width;
    getElement("legend").toggleAttribute("open", roomy);
  }

  #setPresenting(presenting: boolean): void {
    this.#presenting = presenting;
    this.layers.setPresenting(presenting);
    this.#setMode();
    getElement("full-screen").setAttribute("aria-pressed", String(presenting));
    requestAnimationFrame(() => {
      this.map.invalidateSize({ animate: false });
      this.#timeline.build();
      this.state.notify();
      this.#showPoint();
      this.layers.labels.layout();
    });
  }

  #showPoint(): void {
    const point: LatLon | undefined = this.state.moment?.point;
    if (this.state.overview) this.camera.showAll(this.state.itinerary);
    else if (point) this.camera.settle(point);
  }
}
