/** The journey on the map: its lines, the latest leg, its marks and the traveller. */

import {
  DomUtil,
  Layer,
  type LatLng,
  type LeafletEventHandlerFn,
  type LeafletMouseEvent,
  type Map as LeafletMap,
  type Point,
  point,
} from "leaflet";
import type { LatLon, Place } from "../journey/data";
import type { DayState } from "../journey/daystate";
import type { Itinerary } from "../journey/itinerary";
import { svgElement } from "../lib/dom";
import { type Box, type XY, crossesEdge, pathThrough } from "../lib/geometry";
import { onZoomAnimation } from "../lib/leaflet";
import { worldWidth, wrapLongitude } from "../lib/mercator";
import { isNarrow, pixelRatio } from "../lib/screen";
import { CanvasLegs } from "./canvaslegs";
import { CanvasMarks } from "./canvasmarks";
import { LatestLeg } from "./latest";
import type { LegLayer } from "./leglayer";
import { Markers } from "./markers";
import type { MarkLayer } from "./marklayer";
import { SvgLegs } from "./svglegs";
import { SvgMarks } from "./svgmarks";

/** Circles that make up the traveller, with their radius in px. */
const TRAVELLER = [["halo", 26], ["gap", 13.5], ["ring", 13.5], ["dot", 7.5]] as const; // prettier-ignore
/** How near to a mark is on it, in px: with a mouse, and with a finger. */
const NEARNESS = { fine: 8, coarse: 22 };
/** Factor on the size of marks on a phone: with all of the road in view, or a part of it. */
const NARROW_FACTORS = { overview: 0.68, day: 0.92 };
/** A road of more legs is drawn on canvas. */
const MOST_IN_SVG = 200;

export class Road extends Layer {
  readonly markers: Markers;
  readonly legs: LegLayer;
  readonly latest: LatestLeg;
  readonly #marks: MarkLayer;
  /** Where the names go. */
  readonly labelGroup: SVGGElement;
  readonly #itinerary: Itinerary;
  readonly #choose: (place: Place) => void;
  /** Drawings of their own, so that a change of the latest leg does not paint every name anew. */
  readonly #roadSvg = drawing("lines");
  readonly #travellerSvg = drawing("traveller-svg");
  readonly #namesSvg = drawing("names");
  readonly #traveller: SVGGElement;
  #zoom = 0;
  #origin = point(0, 0);
  #state: DayState | undefined;

  /** `choose` is called with the place of a mark that was pressed. */
  constructor(map: LeafletMap, itinerary: Itinerary, choose: (place: Place) => void) {
    super();
    this.#itinerary = itinerary;
    const { legs } = itinerary;
    this.legs =
      legs.length > MOST_IN_SVG
        ? new CanvasLegs(map, itinerary, this.#roadSvg, (leg) => this.#pathOf(legs[leg]!.course))
        : new SvgLegs(this.#roadSvg, itinerary, (leg) =>
            legs[leg]!.course.runs.map((run) => this.#pathOf(run)),
          );
    this.latest = new LatestLeg(this.#roadSvg);
    this.markers = new Markers(itinerary);
    const factor = () => this.#markFactor;
    this.#marks = this.markers.areMany
      ? new CanvasMarks(map, this.#travellerSvg, factor)
      : new SvgMarks(this.#roadSvg, factor);
    this.#choose = choose;
    this.#traveller = svgElement("g", { class: "traveller" }, this.#travellerSvg);
    for (const [name, r] of TRAVELLER) svgElement("circle", { class: `now-${name}`, r }, this.#traveller);
    this.labelGroup = svgElement("g", { class: "labels" }, this.#namesSvg);
  }

  get #elements(): Element[] {
    const marks = this.#marks.elements;
    return [...this.legs.elements, this.#roadSvg, ...marks, this.#travellerSvg, this.#namesSvg];
  }

  override onAdd(map: LeafletMap): this {
    map.getPane("overlayPane")?.append(...this.#elements);
    this.#project();
    return this;
  }

  override onRemove(): this {
    for (const element of this.#elements) element.remove();
    return this;
  }

  override getEvents() {
    return {
      viewreset: () => this.#project(),
      zoomend: () => this.#project(),
      moveend: () => this.#cover(),
      resize: () => this.#cover(),
      zoom: () => this.#follow(this._map.getCenter(), this._map.getZoom()),
      zoomanim: onZoomAnimation((center, zoom) => this.#follow(center, zoom)),
      click: onPointer((event) => this.#press(event)),
      mousemove: onPointer(({ layerPoint }) => this.#hover(layerPoint)),
    };
  }

  /** Lay every point out anew for the map's zoom. */
  #project(): void {
    this.#zoom = this._map.getZoom();
    this.#origin = this._map.getPixelOrigin();
    this.#transform(point(0, 0), 1);
    this.legs.project();
    this.markers.project(worldWidth(this.#zoom), this.#origin, this.#view);
    this.#setMarks();
    this.#draw();
  }

  /** What is seen, in px. */
  get #view(): Box {
    const { x, y } = this._map.containerPointToLayerPoint([0, 0]);
    const size = this._map.getSize();
    return { left: x, top: y, right: x + size.x, bottom: y + size.y };
  }

  /** The view has moved. */
  #cover(): void {
    if (this.markers.cover(this.#view)) this.#setMarks();
    this.#draw();
  }

  #setMarks(): void {
    const { left, top, right, bottom } = this.markers.extent ?? this.#view;
    const { x, y } = this.#origin;
    const [scale, ratio] = [worldWidth(this.#zoom), pixelRatio()];
    const rect = { left: left + x, top: top + y, width: right - left, height: bottom - top };
    this.#marks.setMarkers(this.markers.drawn, { ...rect, scale, ratio });
  }

  get #markFactor(): number {
    if (!isNarrow()) return 1;
    return this.#state?.overview ? NARROW_FACTORS.overview : NARROW_FACTORS.day;
  }

  /** Draw everything anew, in the colours that are now the page's. */
  restyle(): void {
    this.legs.restyle?.();
    this.#marks.restyle?.();
    this.#marks.update("rest");
  }

  /** A line on the world's unit square as a path in px. */
  #pathOf({ line }: { line: Float64Array }): string {
    return pathThrough(this.#toPoints(line), worldWidth(this.#zoom));
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
    this.legs.place?.({ center, zoom });
    this.#marks.place?.({ center, zoom });
  }

  #transform(offset: Point, scale: number): void {
    for (const svg of [this.#roadSvg, this.#travellerSvg, this.#namesSvg])
      DomUtil.setTransform(svg as unknown as HTMLElement, offset, scale);
  }

  /** Show the road on the state's day; the layer is on a map. */
  show(state: DayState): void {
    this.#state = state;
    this.#draw();
  }

  #draw(): void {
    const state = this.#state;
    if (!state?.moment) return;
    this.legs.show(state, state.moment);
    this.latest.show(state.overview ? [] : this.travelled(), state.moment.uncertainty !== null);
    this.markers.show(state);
    this.#marks.update(state.pace);
    const { x, y } = this.toLayer(state.moment.point);
    this.#traveller.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    const uncertain = state.moment.uncertainty ? " uncertain" : "";
    this.#traveller.setAttribute("class", `traveller${state.moment.travelling ? " moving" : ""}${uncertain}`);
    this.#traveller.toggleAttribute("hidden", state.overview);
  }

  /** Points of the latest leg on this side of the antimeridian, up to the traveller while he is under way. */
  travelled(): XY[] {
    const moment = this.#state?.moment;
    const leg = moment && this.#itinerary.legs[moment.leg];
    if (!leg) return [];
    const { course } = leg;
    const world = moment.onLeg ? course.upTo(moment.part, moment.share) : course.line;
    return this.#sinceEdge(this.#toPoints(world));
  }

  #toPoints(world: ArrayLike<number>): XY[] {
    const width = worldWidth(this.#zoom);
    return Array.from({ length: world.length / 2 }, (_, i) => ({
      x: world[2 * i]! * width - this.#origin.x,
      y: world[2 * i + 1]! * width - this.#origin.y,
    }));
  }

  #sinceEdge(points: XY[]): XY[] {
    const world = worldWidth(this.#zoom);
    let first = points.length - 1;
    while (first > 0 && !crossesEdge(points[first - 1]!, points[first]!, world)) first -= 1;
    return points.slice(Math.max(0, first));
  }

  /** Marks take no events themselves: the browser would keep a region for each. */
  #press({ layerPoint, originalEvent }: LeafletMouseEvent): void {
    const touched = (originalEvent as PointerEvent).pointerType === "touch";
    const marker = this.markers.nearest(layerPoint, touched ? NEARNESS.coarse : NEARNESS.fine);
    if (marker) this.#choose(marker.shown);
  }

  #hover(at: Point): void {
    const on = this.markers.nearest(at, NEARNESS.fine) !== undefined;
    this._map.getContainer().classList.toggle("on-mark", on);
  }
}

/** A handler of the map's events of a pointer. */
function onPointer(handle: (event: LeafletMouseEvent) => void): LeafletEventHandlerFn {
  return (event) => handle(event as LeafletMouseEvent);
}

/** A drawing that the map carries along. */
function drawing(name: string): SVGSVGElement {
  return svgElement("svg", { class: `road ${name} leaflet-zoom-animated`, "aria-hidden": "true" });
}
