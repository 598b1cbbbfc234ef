/** The journey on the map: its legs, its marks and the traveller, in SVG that Leaflet carries along. */

import { DomUtil, Layer, type LatLng, type Map as LeafletMap, type Point, point } from "leaflet";
import { onZoomAnimation } from "../lib/leaflet";
import type { LatLon, Place } from "../journey/data";
import type { DayState } from "../journey/daystate";
import type { Itinerary } from "../journey/itinerary";
import { svgElement } from "../lib/dom";
import { type XY, crossesEdge } from "../lib/geometry";
import { worldWidth, wrapLongitude } from "../lib/mercator";
import { Legs } from "./legs";
import { Markers } from "./markers";

/** Circles that make up the traveller, with their radius in px. */
const TRAVELLER = [["halo", 26], ["gap", 13.5], ["ring", 13.5], ["dot", 7.5]] as const; // prettier-ignore

export class Road extends Layer {
  readonly markers: Markers;
  readonly legs: Legs;
  /** Where the names go. */
  readonly labelGroup: SVGGElement;
  readonly #itinerary: Itinerary;
  /** Three drawings, so that a change of the road does not paint every name anew. */
  readonly #svgs: SVGSVGElement[];
  readonly #traveller: SVGGElement;
  #curves: Point[][] = [];
  #zoom = 0;
  #origin = point(0, 0);
  #state: DayState | undefined;

  /** `choose` is called with the place of a mark that was pressed. */
  constructor(itinerary: Itinerary, choose: (place: Place) => void) {
    super();
    this.#itinerary = itinerary;
    const [lines, traveller, names] = ["lines", "traveller-svg", "names"].map((name) =>
      svgElement("svg", { class: `road ${name} leaflet-zoom-animated`, "aria-hidden": "true" }),
    ) as [SVGSVGElement, SVGSVGElement, SVGSVGElement];
    this.#svgs = [lines, traveller, names];
    this.legs = new Legs(lines, itinerary);
    this.markers = new Markers(svgElement("g", { class: "marks" }, lines), itinerary, choose);
    this.#traveller = svgElement("g", { class: "traveller" }, traveller);
    for (const [name, r] of TRAVELLER) svgElement("circle", { class: `now-${name}`, r }, this.#traveller);
    this.labelGroup = svgElement("g", { class: "labels" }, names);
  }

  override onAdd(map: LeafletMap): this {
    map.getPane("overlayPane")?.append(...this.#svgs);
    this.#project();
    return this;
  }

  override onRemove(): this {
    for (const svg of this.#svgs) svg.remove();
    return this;
  }

  override getEvents() {
    return {
      viewreset: () => this.#project(),
      zoomend: () => this.#project(),
      zoom: () => this.#follow(this._map.getCenter(), this._map.getZoom()),
      zoomanim: onZoomAnimation((center, zoom) => this.#follow(center, zoom)),
    };
  }

  /** Lay every point out anew for the map's zoom. */
  #project(): void {
    this.#zoom = this._map.getZoom();
    this.#origin = this._map.getPixelOrigin();
    this.#transform(point(0, 0), 1);
    this.#curves = this.#itinerary.data.legs.map((leg) => leg.curve.map((latLon) => this.toLayer(latLon)));
    this.legs.project(this.#curves, worldWidth(this.#zoom));
    this.markers.project((latLon) => this.toLayer(latLon));
    this.#draw();
  }

  /** The point of [latitude, longitude] in this layer's px, on the one world that is drawn. */
  toLayer([lat, lon]: LatLon): Point {
    return this._map.project([lat, wrapLongitude(lon)], this.#zoom).subtract(this.#origin);
  }

  /** Follow the map through a zoom animation. */
  #follow(center: LatLng, zoom: number): void {
    const scale = this._map.getZoomScale(zoom, this.#zoom);
    this.#transform(
      this.#origin.multiplyBy(scale).subtract(this._map._getNewPixelOrigin(center, zoom)),
      scale,
    );
  }

  #transform(offset: Point, scale: number): void {
    for (const svg of this.#svgs) DomUtil.setTransform(svg as unknown as HTMLElement, offset, scale);
  }

  /** Show the road on the state's day; the layer is on a map. */
  show(state: DayState): void {
    this.#state = state;
    this.#draw();
  }

  #draw(): void {
    const state = this.#state;
    if (!state?.moment) return;
    this.legs.show(state, state.moment, this.travelled());
    this.markers.show(state);
    const { x, y } = this.toLayer(state.moment.point);
    this.#traveller.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    this.#traveller.setAttribute("class", `traveller${state.moment.travelling ? " moving" : ""}`);
    this.#traveller.toggleAttribute("hidden", state.overview);
  }

  /** Points of the latest leg on this side of the antimeridian, up to the traveller while he is under way. */
  travelled(): XY[] {
    const moment = this.#state?.moment;
    const curve = moment && this.#curves[moment.leg];
    if (!curve) return [];
    const points = moment.onLeg
      ? [...curve.slice(0, Math.floor(moment.reach) + 1), this.toLayer(moment.point)]
      : curve;
    const world = worldWidth(this.#zoom);
    let first = points.length - 1;
    while (first > 0 && !crossesEdge(points[first - 1]!, points[first]!, world)) first -= 1;
    return points.slice(first);
  }
}
