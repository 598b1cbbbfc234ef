/**
 * A picture on the page in square tiles, of which those that change are drawn anew. Each canvas
 * takes its tile whole, without a context to draw in: the browser would copy all of such a canvas
 * at every frame.
 */

import type { Map as LeafletMap } from "leaflet";
import { type Canvas, type Context, makeCanvas } from "../basemap/canvas";
import type { Viewport } from "../basemap/style";
import type { Rect, XY } from "../lib/geometry";
import { type MapView, placeOnWorld } from "../lib/leaflet";

/** Side of a tile, in px of the canvas. */
const SIDE = 256;

/** Draws a tile: `corner` is where it lies in the picture, in px of the canvas. */
type DrawTile = (context: Context, corner: XY, side: number) => void;

export class TiledCanvas {
  readonly element = document.createElement("div");
  readonly #tiles = new Map<number, HTMLCanvasElement>();
  readonly #buffer = makeCanvas(SIDE, SIDE);
  #view: Viewport | undefined;

  constructor(className: string) {
    this.element.className = `${className} leaflet-zoom-animated`;
    this.element.setAttribute("aria-hidden", "true");
  }

  /** What the picture shows. */
  get view(): Viewport | undefined {
    return this.#view;
  }

  /** Show another view, of which nothing is drawn yet. */
  setView(view: Viewport): void {
    this.#view = view;
    this.#tiles.clear();
    this.element.replaceChildren();
  }

  /** The numbers of the tiles on which a part of the view lies, given in px from its corner. */
  tilesOf({ left, top, width, height }: Rect): number[] {
    if (!this.#view || width <= 0 || height <= 0) return [];
    const [columns, rows] = this.#extent(this.#view);
    const tile = (px: number) => Math.floor((px * this.#view!.ratio) / SIDE);
    const numbers: number[] = [];
    for (let row = Math.max(0, tile(top)); row <= Math.min(rows - 1, tile(top + height)); row += 1)
      for (let i = Math.max(0, tile(left)); i <= Math.min(columns - 1, tile(left + width)); i += 1)
        numbers.push(row * columns + i);
    return numbers;
  }

  /** Columns and rows of tiles. */
  #extent({ width, height, ratio }: Viewport): [number, number] {
    return [Math.ceil((width * ratio) / SIDE), Math.ceil((height * ratio) / SIDE)];
  }

  /** Draw a tile anew; one that is not drawn takes no room. */
  paint(number: number, draw: DrawTile | null): void {
    if (!this.#view) return;
    if (!draw) {
      this.#tiles.get(number)?.remove();
      this.#tiles.delete(number);
      return;
    }
    const [columns] = this.#extent(this.#view);
    const corner = { x: (number % columns) * SIDE, y: Math.floor(number / columns) * SIDE };
    const { canvas, context } = this.#buffer;
    context.resetTransform();
    context.clearRect(0, 0, SIDE, SIDE);
    draw(context, corner, SIDE);
    const tile = this.#tiles.get(number) ?? this.#makeTile(number, corner, this.#view.ratio);
    putOnto(tile, canvas);
  }

  #makeTile(number: number, { x, y }: XY, ratio: number): HTMLCanvasElement {
    const tile = document.createElement("canvas");
    tile.width = tile.height = SIDE;
    tile.style.width = tile.style.height = `${SIDE / ratio}px`;
    tile.style.left = `${x / ratio}px`;
    tile.style.top = `${y / ratio}px`;
    this.#tiles.set(number, tile);
    this.element.append(tile);
    return tile;
  }

  /** Put the picture where the map has its view, or will have. */
  place(map: LeafletMap, view: MapView): void {
    if (this.#view) placeOnWorld(map, this.element, this.#view, view);
  }
}

/** Have a tile show what the buffer has, which may be empty then. */
function putOnto(tile: HTMLCanvasElement, buffer: Canvas): void {
  if ("transferToImageBitmap" in buffer) {
    tile.getContext("bitmaprenderer")?.transferFromImageBitmap(buffer.transferToImageBitmap());
    return;
  }
  const context = tile.getContext("2d");
  context?.clearRect(0, 0, tile.width, tile.height);
  context?.drawImage(buffer, 0, 0);
}
