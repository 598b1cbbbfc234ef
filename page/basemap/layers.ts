/** The bare basemap on the map: tiles over the coarse world. */

import {
  type Coords,
  type DoneCallback,
  GridLayer,
  Layer,
  type LatLng,
  type Map as LeafletMap,
} from "leaflet";
import { type MapView, onZoomAnimation, placeOnWorld, viewOf } from "../lib/leaflet";
import type { RenderQueue } from "./queue";
import { type Borders, basemapStyle } from "./style";
import type { WorldCanvas } from "./worldcanvas";

/**
 * The basemap as tiles that keep the map's exact zoom, halves and quarters included, so that
 * lines stay as fine as they were drawn.
 */
export class BasemapTiles extends GridLayer {
  borders: Borders = "day";
  readonly #queue: RenderQueue;

  constructor(queue: RenderQueue) {
    super({
      tileSize: 512,
      updateWhenZooming: false,
      keepBuffer: 1,
      className: "basemap",
      updateInterval: 60,
    });
    this.#queue = queue;
  }

  override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas");
    const { x: width, y: height } = this.getTileSize();
    const view = {
      ...basemapStyle(coords.z, this.borders),
      left: coords.x * width,
      top: coords.y * height,
      width,
      height,
    };
    // Leaflet has put a tile on the page by the time its order is sent, unless it has dropped it.
    this.#queue.paintBasemap(
      canvas,
      view,
      () => done(undefined, canvas),
      () => canvas.isConnected,
    );
    return canvas;
  }

  /** Leaflet rounds a grid's zoom; ours is the map's own. Otherwise as in Leaflet 1.9.4. */
  protected _setView(center: LatLng, zoom: number, noPrune?: boolean, noUpdate?: boolean): void {
    if (zoom !== this._tileZoom && !noUpdate) {
      this._tileZoom = zoom;
      this._abortLoading?.();
      this._updateLevels();
      this._resetGrid();
      this._update(center);
      if (!noPrune) this._pruneTiles();
      this._noPrune = Boolean(noPrune);
    }
    this._setZoomTransforms(center, zoom);
  }
}

/** The picture of the whole world, below all else. */
export class WorldOverlay extends Layer {
  readonly #world: WorldCanvas;

  constructor(world: WorldCanvas) {
    super();
    this.#world = world;
  }

  override onAdd(map: LeafletMap): this {
    map.getPane("tilePane")?.prepend(this.#world.canvas);
    this.#world.onReplaced = () => this.#place();
    this.#place();
    return this;
  }

  override onRemove(): this {
    this.#world.onReplaced = () => undefined;
    this.#world.canvas.remove();
    return this;
  }

  override getEvents() {
    return {
      viewreset: () => this.#place(),
      zoom: () => this.#place(),
      zoomanim: onZoomAnimation((center, zoom) => this.#place({ center, zoom })),
    };
  }

  repaint(): void {
    this.#world.paint();
  }

  #place(view: MapView = viewOf(this._map)): void {
    const { canvas, scale } = this.#world;
    placeOnWorld(this._map, canvas, { left: 0, top: 0, scale }, view);
  }
}
