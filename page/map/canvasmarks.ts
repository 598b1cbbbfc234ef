/** Marks on canvas, each stamped from a small picture of its look. */

import type { Map as LeafletMap } from "leaflet";
import { type Canvas, type Context, makeCanvas } from "../basemap/canvas";
import type { Viewport } from "../basemap/style";
import type { Pace } from "../journey/daystate";
import { AfterFrame } from "../lib/afterframe";
import { svgElement } from "../lib/dom";
import type { XY } from "../lib/geometry";
import { type MapView, viewOf } from "../lib/leaflet";
import type { MarkLayer } from "./marklayer";
import type { Marker } from "./markers";
import { MOST_REACH, outlineOf } from "./markshape";
import { TiledCanvas } from "./tiledcanvas";

export class CanvasMarks implements MarkLayer {
  readonly #map: LeafletMap;
  readonly #factor: () => number;
  /** While the pointer moves, marks follow in a frame that shows no new day. */
  readonly #later = new AfterFrame(() => this.#update());
  readonly #canvas = new TiledCanvas("road marks");
  /** A mark that is not drawn, of which the style sheet tells how it would be. */
  readonly #probe: SVGPathElement;
  /** The picture of each look; null where the style sheet leaves it out. */
  readonly #stamps = new Map<string, Canvas | null>();
  /** What of the page the style sheet looks at. */
  #scene = "";
  /** What is drawn of each; null where that is out of date. */
  readonly #drawn = new Map<Marker, string | null>();
  readonly #onTile = new Map<number, Marker[]>();

  /** `factor` gives by how much marks are larger or smaller than usual. */
  constructor(map: LeafletMap, svg: SVGSVGElement, factor: () => number) {
    this.#map = map;
    this.#factor = factor;
    this.#probe = svgElement("path", {}, svg);
  }

  get elements(): Element[] {
    return [this.#canvas.element];
  }

  setMarkers(markers: readonly Marker[], view: Viewport): void {
    if (this.#canvas.view?.ratio !== view.ratio) this.#stamps.clear();
    this.#canvas.setView(view);
    this.#drawn.clear();
    this.#onTile.clear();
    for (const marker of markers) {
      this.#drawn.set(marker, "");
      for (const tile of this.#tilesOf(marker)) this.#list(tile).push(marker);
    }
  }

  #list(tile: number): Marker[] {
    const list = this.#onTile.get(tile) ?? [];
    this.#onTile.set(tile, list);
    return list;
  }

  #tilesOf(marker: Marker): number[] {
    const { x, y } = this.#centreOf(marker);
    const size = 2 * MOST_REACH;
    return this.#canvas.tilesOf({ left: x - MOST_REACH, top: y - MOST_REACH, width: size, height: size });
  }

  /** Its centre in px from the corner of the view. */
  #centreOf({ world }: Marker): XY {
    const { left, top, scale } = this.#canvas.view!;
    return { x: world.x * scale - left, y: world.y * scale - top };
  }

  update(pace: Pace): void {
    if (pace === "drag") this.#later.ask();
    else this.#later.now();
  }

  #update(): void {
    const { className, dataset } = document.documentElement;
    const scene = `${className} ${dataset.mode}`;
    if (scene !== this.#scene) this.restyle();
    this.#scene = scene;
    const factor = this.#factor();
    const tiles = new Set<number>();
    for (const [marker, before] of this.#drawn) {
      const drawn = marker.look && `${marker.look} ${factor}`;
      if (drawn === before) continue;
      this.#drawn.set(marker, drawn);
      for (const tile of this.#tilesOf(marker)) tiles.add(tile);
    }
    for (const tile of tiles) this.#paint(tile, factor);
    this.place(viewOf(this.#map));
  }

  #paint(tile: number, factor: number): void {
    const stamps = this.#list(tile).flatMap((marker) => {
      const stamp = marker.look && this.#stampOf(marker.look, factor);
      return stamp ? [{ stamp, ...this.#centreOf(marker) }] : [];
    });
    const { ratio } = this.#canvas.view!;
    const draw = (context: Context, corner: XY) => {
      for (const { stamp, x, y } of stamps)
        context.drawImage(
          stamp,
          Math.round(x * ratio - stamp.width / 2 - corner.x),
          Math.round(y * ratio - stamp.height / 2 - corner.y),
        );
    };
    this.#canvas.paint(tile, stamps.length ? draw : null);
  }

  #stampOf(look: string, factor: number): Canvas | null {
    const key = `${look} ${factor}`;
    let stamp = this.#stamps.get(key);
    if (stamp === undefined) {
      stamp = this.#makeStamp(look, factor);
      this.#stamps.set(key, stamp);
    }
    return stamp;
  }

  #makeStamp(look: string, factor: number): Canvas | null {
    this.#probe.setAttribute("class", `mark ${look}`);
    const style = getComputedStyle(this.#probe);
    if (style.display === "none") return null;
    const { ratio } = this.#canvas.view!;
    const side = 2 * Math.ceil(MOST_REACH * ratio);
    const { canvas, context } = makeCanvas(side, side);
    const path = new Path2D(outlineOf(look, { x: 0, y: 0 }, factor));
    context.setTransform(ratio, 0, 0, ratio, side / 2, side / 2);
    context.fillStyle = style.fill;
    context.globalAlpha = Number(style.fillOpacity);
    context.fill(path);
    context.strokeStyle = style.stroke;
    context.globalAlpha = Number(style.strokeOpacity);
    context.lineWidth = parseFloat(style.strokeWidth);
    context.setLineDash(style.strokeDasharray.split(",").map(parseFloat).filter(Number.isFinite));
    context.stroke(path);
    return canvas;
  }

  place(view: MapView): void {
    this.#canvas.place(this.#map, view);
  }

  restyle(): void {
    this.#stamps.clear();
    for (const marker of this.#drawn.keys()) this.#drawn.set(marker, null);
  }
}
