/**
 * The lines of a road of many legs, on canvas: a sharp picture of the view, with the most recent
 * legs in SVG over it, and a coarse picture of the whole road, which is there until the sharp one is.
 */

import type { Map as LeafletMap } from "leaflet";
import type { Viewport } from "../basemap/style";
import type { DayState, Pace } from "../journey/daystate";
import type { Itinerary, Moment } from "../journey/itinerary";
import { AfterFrame } from "../lib/afterframe";
import { svgElement } from "../lib/dom";
import { type MapView, covers, viewAround, viewOf } from "../lib/leaflet";
import { worldWidth } from "../lib/mercator";
import { pixelRatio } from "../lib/screen";
import { buffered } from "../lib/worldbox";
import type { LegLayer } from "./leglayer";
import { LegPaths } from "./legpaths";
import type { RoadSpans } from "./roaddrawing";
import { RoadPicture } from "./roadpicture";
import { RoadStyle, ageOf, olderThan } from "./roadstyle";
import { viewOfBox } from "./viewport";

/** The coarse picture is at first for this zoom, and of so many px at most. */
const COARSE = { zoom: 4, pixels: 2e6 };
/** Room around the whole road for the width of its lines, as a share of the world's width. */
const EDGE = 0.002;
/** Part of the map's size that the sharp picture reaches beyond each edge, so that small moves need no other. */
const MARGIN = 0.1;
/** While the days pass, so many legs are drawn over a picture before it is drawn anew. */
const MOST_RECENT = 24;

export class CanvasLegs implements LegLayer {
  readonly #map: LeafletMap;
  readonly #paths: LegPaths;
  /** The last day of each leg. */
  readonly #arrivals: readonly number[];
  readonly #sharp: RoadPicture;
  readonly #coarse: RoadPicture;
  /** Legs that are not yet in the sharp picture, by their index; in it their ways are told apart. */
  readonly #recent = new Map<number, { element: SVGPathElement; age: number }>();
  readonly #recentGroup: SVGGElement;
  readonly #layOut: (leg: number) => string;
  /** While the pointer moves, the pictures follow in a frame that shows no new day. */
  readonly #pictures = new AfterFrame(() => this.#refresh());
  /** The picture that is seen. */
  #shown: RoadPicture | undefined;
  #style = new RoadStyle();
  #spans: RoadSpans | undefined;
  #pace: Pace = "rest";

  /** `svg` is for legs that are not yet in the picture; `layOut` gives the path of one in its px. */
  constructor(map: LeafletMap, itinerary: Itinerary, svg: SVGSVGElement, layOut: (leg: number) => string) {
    this.#map = map;
    this.#layOut = layOut;
    this.#paths = new LegPaths(itinerary.legs);
    this.#arrivals = itinerary.legs.map((leg) => itinerary.spanOf(leg)[1]);
    this.#sharp = new RoadPicture(this.#paths, "sharp", () => this.#refresh());
    this.#coarse = new RoadPicture(this.#paths, "coarse", () => this.#refresh());
    this.#recentGroup = svgElement("g", { class: "recent" }, svg);
  }

  /** The pictures, the lowest first. */
  get elements(): HTMLElement[] {
    return [this.#coarse.element, this.#sharp.element];
  }

  /** Show the road on a day. */
  show({ overview, pace }: DayState, moment: Moment): void {
    this.#spans = this.#spansOn(moment, overview);
    this.#pace = pace;
    if (pace !== "drag") {
      this.#pictures.now();
      return;
    }
    this.#showRecent();
    this.#pictures.ask();
  }

  #spansOn({ day, leg, onLeg }: Moment, overview: boolean): RoadSpans {
    const older = olderThan(this.#arrivals, day);
    return { past: Math.max(0, leg), ahead: onLeg ? leg : leg + 1, older, overview };
  }

  /** Draw the legs ahead too, or leave them out. */
  setAhead(withAhead: boolean): void {
    for (const picture of [this.#sharp, this.#coarse]) picture.setAhead(withAhead);
  }

  /** Draw everything anew, in the colours that are now the page's. */
  restyle(): void {
    this.#style = new RoadStyle();
    if (!this.#spans) return;
    this.#sharp.draw(this.#viewAround(), this.#spans, this.#style, true);
    if (this.#coarse.view) this.#coarse.draw(this.#coarse.view, daily(this.#spans), this.#style, true);
    this.#refresh();
  }

  /** Have what the map shows of this day on the page, now or as soon as possible. */
  #refresh(): void {
    const spans = this.#spans;
    if (!spans) return;
    const sharp = this.#refreshSharp(spans);
    const coarse = this.#refreshCoarse(spans) && !sharp;
    this.#coarse.element.toggleAttribute("hidden", !coarse);
    this.#sharp.element.toggleAttribute("hidden", coarse);
    this.#shown = sharp ? this.#sharp : coarse ? this.#coarse : undefined;
    this.#showRecent();
    this.place(viewOf(this.#map));
  }

  /** Returns whether the picture is the day's, but for recent legs. */
  #refreshSharp(spans: RoadSpans): boolean {
    const picture = this.#sharp;
    const follows = picture.canShow(spans) && this.#isOfView(picture.view);
    const arrived = follows && picture.follow(this.#pictured(spans, picture.spans));
    if (follows && !arrived) this.#pictures.ask();
    // While the pointer moves, legs already travelled do not fade: all would be drawn anew.
    const done = follows && (!arrived || this.#pace === "drag" || picture.isAged(spans));
    if (done || this.#pace === "drag") picture.giveUp();
    if (done || picture.isDrawing(spans, (view) => this.#isOfView(view))) return follows;
    return picture.draw(this.#viewAround(), spans, this.#style, this.#pace === "rest") || follows;
  }

  /** Returns whether the picture is the day's, but for recent legs. */
  #refreshCoarse(spans: RoadSpans): boolean {
    const picture = this.#coarse;
    const follows = picture.view !== undefined && !spans.overview;
    if (follows && !picture.follow(this.#pictured(spans, picture.spans))) this.#pictures.ask();
    const wanted = picture.awaited ?? picture.view;
    const zoom = spans.overview ? COARSE.zoom : this.#map.getZoom();
    const fits = wanted && (spans.overview || wanted.scale === worldWidth(zoom));
    if (this.#pace === "rest" && !fits) {
      const view = viewOfBox(buffered(this.#paths.box, EDGE), zoom, COARSE.pixels);
      picture.draw(view, daily(spans), this.#style, true);
    }
    return follows;
  }

  #viewAround(): Viewport {
    const view = viewOf(this.#map);
    const scale = worldWidth(view.zoom);
    return { ...viewAround(this.#map, view, MARGIN), scale, ratio: pixelRatio() };
  }

  /** What of the road the picture is to have: while the days pass, all but the most recent legs. */
  #pictured(spans: RoadSpans, drawn: RoadSpans | undefined): RoadSpans {
    if (this.#pace === "rest" || !drawn) return spans;
    if (drawn.past <= spans.past && spans.past <= drawn.past + MOST_RECENT) return drawn;
    if (spans.past > drawn.past) return spans;
    // Half of them are left over for the next days back.
    const past = Math.max(0, spans.past - MOST_RECENT / 2);
    return { ...spans, past, ahead: Math.min(spans.ahead, past) };
  }

  #isOfView(view: Viewport | undefined): boolean {
    return view !== undefined && covers(view, this.#map, viewOf(this.#map));
  }

  /** Draw the legs behind him that the picture does not have: all of them, or those that come before it can follow. */
  #showRecent(): void {
    if (!this.#spans) return;
    const { past, older, overview } = this.#spans;
    const to = overview ? 0 : past;
    const from = Math.max(this.#shown?.spans?.past ?? to, to - MOST_RECENT);
    for (const [leg, { element }] of this.#recent) {
      if (leg >= from && leg < to) continue;
      element.remove();
      this.#recent.delete(leg);
    }
    for (let leg = from; leg < to; leg += 1) this.#showLeg(leg, ageOf(leg, older));
  }

  #showLeg(leg: number, age: number): void {
    let line = this.#recent.get(leg);
    if (!line) {
      line = { element: svgElement("path", { d: this.#layOut(leg) }, this.#recentGroup), age: -1 };
      this.#recent.set(leg, line);
    }
    if (line.age !== age) line.element.setAttribute("class", `leg age-${age}`);
    line.age = age;
  }

  /** The map has another zoom, at which legs are laid out anew. */
  project(): void {
    this.#recent.clear();
    this.#recentGroup.replaceChildren();
  }

  /** Put the pictures where the map has its view. */
  place(view: MapView): void {
    for (const picture of [this.#sharp, this.#coarse]) picture.place(this.#map, view);
  }
}

/** The spans of a day, where the whole road is shown those before its first. */
function daily(spans: RoadSpans): RoadSpans {
  return spans.overview ? { past: 0, ahead: 0, older: [], overview: false } : spans;
}
