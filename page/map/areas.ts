/** Regions and countries on the map: a stipple with a soft edge, for what has no exact point. */

import { DomUtil, Layer, type Map as LeafletMap, type Point, bounds as boundsOf, point } from "leaflet";
import type { RenderQueue } from "../basemap/queue";
import type { Shading } from "../basemap/shading";
import type { JourneyData, Outline, Place } from "../journey/data";

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

export class AreasLayer extends Layer {
  readonly #queue: RenderQueue;
  readonly #outlines: Record<string, Outline>;
  readonly #container: HTMLElement;
  /** The canvases of this view, by the area's key. */
  readonly #canvases = new Map<string, HTMLCanvasElement>();
  #shown: ShownArea[] = [];
  /** Read once a view: reading style on every day would lay the page out. */
  #palette = readPalette();

  constructor(queue: RenderQueue, { shapes }: JourneyData) {
    super();
    this.#queue = queue;
    this.#outlines = shapes;
    this.#container = document.createElement("div");
    this.#container.className = "areas";
  }

  override onAdd(map: LeafletMap): this {
    map.getPane("shadePane")?.append(this.#container);
    this.#draw();
    return this;
  }

  override onRemove(): this {
    this.#container.remove();
    return this;
  }

  override getEvents() {
    return {
      moveend: () => this.redraw(),
      resize: () => this.redraw(),
      zoomstart: () => this.#container.classList.add("stale"),
    };
  }

  /** Show these areas and no others; the layer is on a map. */
  show(areas: readonly ShownArea[]): void {
    const byKey = new Map(areas.map((area) => [keyOf(area), area]));
    this.#shown = [...byKey.values()];
    this.#draw();
  }

  /** Draw anew for another view of the map, or in other colours. */
  redraw(): void {
    this.#canvases.clear();
    this.#palette = readPalette();
    this.#container.replaceChildren();
    this.#container.classList.remove("stale");
    this.#draw();
  }

  #draw(): void {
    const keys = new Set(this.#shown.map(keyOf));
    for (const area of this.#shown) if (!this.#canvases.has(keyOf(area))) this.#add(area);
    for (const [key, canvas] of this.#canvases) canvas.hidden = !keys.has(key);
  }

  #add(area: ShownArea): void {
    const key = keyOf(area);
    const canvas = document.createElement("canvas");
    this.#canvases.set(key, canvas);
    const shading = this.#shadingOf(area);
    if (!shading) return;
    DomUtil.setPosition(canvas, point(shading.left, shading.top));
    // A shading that comes when the view is already another is not wanted any more.
    const wanted = () => this.#canvases.get(key) === canvas;
    this.#queue.paintShading(canvas, shading, () => wanted() && this.#container.append(canvas), wanted);
  }

  /** What the worker needs to shade an area in this view; null where none of it is in view. */
  #shadingOf({ place, style }: ShownArea): Shading | null {
    const outline = this.#outlines[place.shape ?? ""];
    const polygons = outline?.polygons.length
      ? outline.polygons
      : [ellipse(outline?.bounds ?? extentAround(place))];
    const rings = polygons.map((ring) => ring.map(([lon, lat]) => this._map.latLngToLayerPoint([lat, lon])));
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

  /** The part of a shape's extent that is in view, with room for its soft edge. */
  #seen(points: Point[]) {
    const size = this._map.getSize();
    const margin = size.multiplyBy(MARGIN);
    const low = this._map.containerPointToLayerPoint([-margin.x, -margin.y]);
    const high = this._map.containerPointToLayerPoint(size.add(margin));
    const extent = boundsOf(points);
    const [min, max] = [extent.getTopLeft(), extent.getBottomRight()];
    return {
      left: Math.round(Math.max(low.x, min.x - SOFT_EDGE)),
      top: Math.round(Math.max(low.y, min.y - SOFT_EDGE)),
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
