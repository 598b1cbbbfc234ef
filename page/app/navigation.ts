/** Moves through the days: what the reader asks for, and where the camera goes. */

import { type Map as LeafletMap, latLng } from "leaflet";
import { type Place, isStay } from "../journey/data";
import type { DayState } from "../journey/daystate";
import { isoOf } from "../lib/dates";
import { getElement, reducedMotion, setText } from "../lib/dom";
import type { Camera } from "../map/camera";
import type { Labels } from "../map/labels/layer";
import type { Overlays } from "../map/overlays";
import { tellHost } from "./host";
import { Player } from "./player";

export class Navigation {
  readonly #state: DayState;
  readonly #map: LeafletMap;
  readonly #camera: Camera;
  readonly #overlays: Overlays;
  readonly #player: Player;
  readonly #labels: () => Labels;

  constructor(state: DayState, map: LeafletMap, camera: Camera, overlays: Overlays, labels: () => Labels) {
    this.#state = state;
    this.#map = map;
    this.#camera = camera;
    this.#overlays = overlays;
    this.#labels = labels;
    this.#player = new Player((day) => this.#playDay(day));
  }

  /** A day from the pointer: shown at once, told to nobody until it rests. */
  drag(day: number): void {
    this.pause();
    if (this.#state.pace !== "drag") tellHost({ type: "moving" });
    this.#state.setDay(day, "drag");
    this.#keepInView();
  }

  /** The day has come to rest: the camera may move, and the page around is told. */
  rest(): void {
    this.#overlays.invalidate();
    this.#state.setPace("rest");
    getElement("card").scrollTop = 0;
    const { moment, day } = this.#state;
    if (moment) this.#camera.settle(moment.point);
    // The slider tells it itself to who moves it.
    setText("status", this.#hasSlider ? "" : this.#state.sentence());
    this.#labels().layoutSoon();
    tellHost({ type: "date", date: isoOf(day), id: moment?.stay.id ?? "" });
  }

  get #hasSlider(): boolean {
    return document.activeElement === getElement("timeline");
  }

  /** Go to a day from outside the time bar. */
  goTo(day: number): void {
    this.pause();
    this.#state.setDay(day);
    this.rest();
  }

  /** Show a day asked for by the page around or the address, without a flight. */
  open(day: number): void {
    this.pause();
    this.#state.setDay(day, "rest");
    if (this.#state.moment) this.#camera.jump(this.#state.moment.point);
    this.#labels().layout();
  }

  goToFirst(): void {
    this.goTo(this.#state.itinerary.data.first);
  }

  goToLast(): void {
    this.goTo(this.#state.itinerary.data.last);
  }

  /** To the next stop (1) or the one before (-1). */
  step(direction: 1 | -1): void {
    const stop = this.#stopInDirection(direction);
    if (stop) this.goTo(stop.start);
  }

  #stopInDirection(direction: 1 | -1) {
    const { overview, day, itinerary } = this.#state;
    if (overview) return direction > 0 ? itinerary.stops[0] : undefined;
    return direction > 0 ? itinerary.nextStop(day) : itinerary.previousStop(day);
  }

  showOverview(): void {
    this.pause();
    this.#state.showOverview();
    this.#camera.showAll(this.#state.itinerary);
    this.#labels().layout();
    tellHost({ type: "date", date: "", id: "" });
  }

  togglePlay(): void {
    const { day, itinerary } = this.#state;
    if (this.#player.playing) {
      this.pause();
      this.rest();
    } else if (itinerary.stops.length) {
      this.#state.setDay(day >= itinerary.data.last ? itinerary.data.first : day, "play");
      tellHost({ type: "moving" });
      this.#player.play(this.#state.day);
    }
  }

  /** Show a day while playing; returns whether there are days left. */
  #playDay(day: number): boolean {
    this.#state.setDay(day, "play");
    this.#keepInView();
    if (this.#state.day < this.#state.itinerary.data.last) return true;
    this.pause();
    this.rest();
    return false;
  }

  pause(): void {
    if (!this.#player.playing) return;
    this.#player.pause();
    this.#state.pace = "rest";
  }

  #keepInView(): void {
    if (this.#state.moment) this.#camera.keepInView(this.#state.moment.point);
  }

  /** Zoom by so many halves of a level, about the traveller where he is in view. */
  zoomBy(halves: number): void {
    this.#camera.keepView();
    const { moment, overview } = this.#state;
    const here = moment && !overview ? latLng(moment.point) : null;
    const about = here && this.#map.getBounds().contains(here) ? here : this.#map.getCenter();
    this.#map.setZoomAround(about, this.#map.getZoom() + halves / 2, { animate: !reducedMotion.matches });
  }

  /** A mark or a name was pressed: go to its stay, or tell of a place off the road. */
  choose(place: Place): void {
    if (isStay(place)) {
      this.goTo(place.start);
      return;
    }
    this.pause();
    this.#state.toggleChosen(place);
  }
}
