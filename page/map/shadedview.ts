/** The shadings of one view of the map, in an element that moves and is scaled with the map. */

import { DomUtil, type Map as LeafletMap, type Point, bounds as boundsOf, point } from "leaflet";
import type { RenderQueue } from "../basemap/queue";
import type { Shading } from "../basemap/shading";
import type { Outline, Place } from "../journey/data";
import { type MapView, cornerOf, placeOnWorld } from "../lib/leaflet";
import { worldWidth } from "../lib/mercator";

/** An area drawn on a day: a region carries the sense, a country is only lit. */
export interface ShownArea {
  place: Place;
  style: "region" | "country" | "mention";
}

/** Part of the view's size that the shading reaches beyond each edge. */
const MARGIN = 0.15;
/** Room around an outline for its soft edge, in px. */
const SOFT_EDGE = 70;
/** Half the size of an area whose extent is unknown, in degrees: about 300 km across. */
const UNKNOWN_EXTENT = 1.5;
/** Colour token and weight of each style's stipple. */
const STYLES: Record<ShownArea["style"], [token: string, weight: number]> = {
  region: ["--ph-captive", 1],
  country: ["--ph-captive", 0.45],
  mention: ["--mention", 0.8],
};

export class ShadedView {
  readonly #element = document.createElement("div");
  readonly #map: LeafletMap;
  readonly #zoom: number;
  /** Corner of the view in the world's px, and its size. */
  readonly #corner: Point;
  readonly #size: Point;
  readonly #queue: RenderQueue;
  readonly #outlines: Record<string, Outline>;
  readonly #onReady: () => void;
  /** The canvases by the area's key. */
  readonly #canvases = new Map<string, HTMLCanvasElement>();
  /** Read once a view: reading style on every day would lay the page out. */
  readonly #palette = readPalette();
  #pending = 0;
  #removed = false;

  /** `onReady` is called once all that is shown has been painted. */
  constructor(
    map: LeafletMap,
    view: MapView,
    queue: RenderQueue,
    outlines: Record<string, Outline>,
    onReady: () => void,
  ) {
    this.#map = map;
    this.#zoom = view.zoom;
    this.#corner = cornerOf(map, view);
    this.#size = map.getSize();
    this.#queue = queue;
    this.#outlines = outlines;
    this.#onReady = onReady;
    this.#element.className = "areas leaflet-zoom-animated";
  }

  /** Whether nothing has still to be painted. */
  get ready(): boolean {
    return this.#pending === 0;
  }

  /** Whether these are the shadings of a view of the map. */
  shows(view: MapView): boolean {
    const corner = cornerOf(this.#map, view);
    return view.zoom === this.#zoom && corner.equals(this.#corner) && this.#map.getSize().equals(this.#size);
  }

  addTo(map: LeafletMap): void {
    map.getPane("shadePane")?.append(this.#element);
  }

  place(view: MapView): void {
    const { x: left, y: top } = this.#corner;
    placeOnWorld(this.#map, this.#element, { left, top, scale: worldWidth(this.#zoom) }, view);
  }

  remove(): void {
    this.#removed = true;
    this.#element.remove();
  }

  /** Show these areas and no others. */
  show(areas: readonly ShownArea[]): void {
    this.keep(areas);
    for (const area of areas) if (!this.#canvases.has(keyOf(area))) this.#add(area);
  }

  /** Hide all but these areas. */
  keep(areas: readonly ShownArea[]): void {
    const keys = new Set(areas.map(keyOf));
    for (const [key, canvas] of this.#canvases) canvas.hidden = !keys.has(key);
  }

  #add(area: ShownArea): void {
    const canvas = document.createElement("canvas");
    this.#canvases.set(keyOf(area), canvas);
    const shading = this.#shadingOf(area);
    if (!shading) return;
    DomUtil.setPosition(canvas, point(shading.left, shading.top));
    this.#pending += 1;
    this.#queue.paintShading(canvas, shading, () => this.#painted(canvas), () => !this.#removed); // prettier-ignore
  }

  #painted(canvas: HTMLCanvasElement): void {
    this.#pending -= 1;
    this.#element.append(canvas);
    if (this.ready) this.#onReady();
  }

  /** What the worker needs to shade an area in this view; null where none of it is in view. */
  #shadingOf({ place, style }: ShownArea): Shading | null {
    const outline = this.#outlines[place.shape ?? ""];
    const polygons = outline?.polygons.length
      ? outline.polygons
      : [ellipse(outline?.bounds ?? extentAround(place))];
    const rings = polygons.map((ring) => ring.map(([lon, lat]) => this.#pointOf(lat, lon)));
    const { left, top, right, bottom } = this.#seen(rings.flat());
    if (right <= left || bottom <= top) return null;
    const [token, weight] = STYLES[style];
    return {
      left, top, width: Math.ceil(right - left), height: Math.ceil(bottom - top),
      rings: rings.map((ring) => ring.map(({ x, y }) => [x - left, y - top])),
      colour: this.#palette[token] ?? "",
      weight,
    }; // prettier-ignore
  }

  /** Where a place lies, in px from the view's corner. */
  #pointOf(lat: number, lon: number): Point {
    return this.#map.project([lat, lon], this.#zoom).round().subtract(this.#corner);
  }

  /** The part of a shape's extent that is in view, with room for its soft edge. */
  #seen(points: Point[]) {
    const margin = this.#size.multiplyBy(MARGIN);
    const high = this.#size.add(margin);
    const extent = boundsOf(points);
    const [min, max] = [extent.getTopLeft(), extent.getBottomRight()];
    return {
      left: Math.round(Math.max(-margin.x, min.x - SOFT_EDGE)),
      top: Math.round(Math.max(-margin.y, min.y - SOFT_EDGE)),
      right: Math.min(high.x, max.x + SOFT_EDGE),
      bottom: Math.min(high.y, max.y + SOFT_EDGE),
    };
  }
}

function readPalette(): Record<string, string> {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    Object.values(STYLES).map(([token]) => [token, style.getPropertyValue(token).trim()]),
  );
}

/** Two areas of one key would be drawn twice over. */
function keyOf({ place, style }: ShownArea): string {
  return `${style} ${place.shape ?? place.id}`;
}

/** South, west, north and east of an area whose own extent is unknown. */
function extentAround({ lat, lon }: Place): Outline["bounds"] {
  const wide = UNKNOWN_EXTENT / Math.max(0.2, Math.cos((lat * Math.PI) / 180));
  return [lat - UNKNOWN_EXTENT, lon - wide, lat + UNKNOWN_EXTENT, lon + wide];
}

/** An ellipse in [longitude, latitude] within an extent. */
function ellipse([south, west, north, east]: Outline["bounds"]): [number, number][] {
  return Array.from({ length: 48 }, (_, i) => {
    const turn = (i / 24) * Math.PI;
    return [
      (west + east) / 2 + (Math.cos(turn) * (east - west)) / 2,
      (south + north) / 2 + (Math.sin(turn) * (north - south)) / 2,
    ];
  });
}
