/** The states of the day, over the bare land; off where other borders are wanted. */

import { DomUtil, Layer, type LatLng, type Map as LeafletMap, point } from "leaflet";
import { onZoomAnimation } from "../lib/leaflet";
import type { Pace } from "../journey/daystate";
import { reducedMotion } from "../lib/dom";
import { lastUpTo } from "../lib/numbers";
import type { Patch, RenderQueue } from "./queue";
import { type BasemapView, basemapStyle } from "./style";

/** Part of the view's size that the picture reaches beyond each edge. */
const MARGIN = 0.08;
/** While the pointer moves, states change at most this often, in ms. */
const CHANGE_INTERVAL = 300;
/** While the pointer moves, a new view is painted at this share of its sharpness, without ripples … */
const DRAFT_SCALE = 0.5;
/** … and in full when the day has stood still so long, in ms. */
const SHARPEN_DELAY = 250;
/** A change at rest is a cross-fade of so many steps, each of a share and of so many ms. */
const FADE = { steps: 5, share: 0.35, ms: 30 };

/** A picture of the states on the map. */
interface StatesPicture {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D | null;
  view: BasemapView;
  zoom: number;
}

export class StatesLayer extends Layer {
  /** Whether the picture asked for last is a draft. */
  draft = false;
  picture: StatesPicture | undefined;
  readonly #queue: RenderQueue;
  /** Days on which anything changes hands, sorted. */
  readonly #changes: readonly number[];
  readonly #onPainted: () => void;
  #onMap = false;
  #enabled = true;
  #suspended = false;
  #day: number | undefined;
  #pace: Pace = "rest";
  /** Index of the change shown. */
  #step: number | undefined;
  #fading = false;
  #changeTimer = 0;
  #sharpenTimer = 0;

  constructor(queue: RenderQueue, changes: readonly number[], onPainted: () => void) {
    super();
    this.#queue = queue;
    this.#changes = changes;
    this.#onPainted = onPainted;
  }

  override onAdd(): this {
    this.#onMap = true;
    this.#toggle();
    return this;
  }

  override onRemove(): this {
    this.#onMap = false;
    window.clearTimeout(this.#changeTimer);
    window.clearTimeout(this.#sharpenTimer);
    this.picture?.canvas.remove();
    this.picture = undefined;
    return this;
  }

  override getEvents() {
    return {
      moveend: () => this.#cover(),
      resize: () => this.redraw(),
      zoom: () => this.#place(),
      zoomanim: onZoomAnimation((center, zoom) => this.#transform(center, zoom)),
    };
  }

  /** Show states, or leave the bare land. */
  enable(enabled: boolean): void {
    this.#enabled = enabled;
    this.#toggle();
    if (enabled) this.redraw();
  }

  /** Hide the states for a while: the whole journey at once has no day, hence no states. */
  suspend(suspended: boolean): void {
    if (this.#suspended === suspended) return;
    this.#suspended = suspended;
    if (!suspended) this.redraw();
    this.#toggle();
  }

  #toggle(): void {
    this._map.getPane("statesPane")?.classList.toggle("off", this.#suspended || !this.#enabled);
  }

  /** Show the states of a day; while the days pass, only as often as the worker can follow. */
  show(day: number, pace: Pace): void {
    this.#day = day;
    this.#pace = pace;
    this.#sharpenSoon();
    if (this.#step === undefined) {
      this.#step = lastUpTo(this.#changes, day);
      this.redraw();
    } else if (pace === "rest") {
      window.clearTimeout(this.#changeTimer);
      this.#changeTimer = 0;
      this.#send(!reducedMotion.matches);
    } else {
      this.#changeTimer ||= window.setTimeout(() => {
        this.#changeTimer = 0;
        this.#send(false);
      }, CHANGE_INTERVAL);
    }
  }

  /** Paint a draft in full once the pointer stands still. */
  #sharpenSoon(): void {
    window.clearTimeout(this.#sharpenTimer);
    if (!this.draft) return;
    this.#sharpenTimer = window.setTimeout(() => {
      this.#pace = "rest";
      this.redraw();
    }, SHARPEN_DELAY);
  }

  /** Have what changed hands painted. */
  #send(fading: boolean): void {
    if (this.#day === undefined || !this.#enabled || this.#suspended) return;
    const step = lastUpTo(this.#changes, this.#day);
    if (step === this.#step) return;
    this.#step = step;
    this.#fading = fading;
    this.#queue.showDay(this.#day);
  }

  /** The view has moved: a new picture where it has left this one. */
  #cover(): void {
    const { _map: map, picture } = this;
    if (!picture || map.getZoom() !== picture.zoom || !covers(picture.view, map)) this.redraw();
  }

  redraw(): void {
    if (!this.#enabled || this.#suspended || this.#day === undefined) return;
    this.#step = lastUpTo(this.#changes, this.#day);
    const map = this._map;
    const zoom = map.getZoom();
    const size = map.getSize();
    const margin = size.multiplyBy(MARGIN).round();
    const corner = viewCorner(map).subtract(margin).floor();
    const style = basemapStyle(zoom, "day");
    this.draft = this.#pace === "drag";
    if (this.draft) Object.assign(style, { ratio: style.ratio * DRAFT_SCALE, ripples: [] });
    this.#sharpenSoon();
    const view = {
      ...style,
      left: corner.x,
      top: corner.y,
      width: size.x + 2 * margin.x,
      height: size.y + 2 * margin.y,
    };
    this.#queue.paintStates(view, this.#day, {
      painted: (bitmap) => this.#replace(bitmap, view, zoom),
      patched: (patch) => this.#apply(patch, this.#fading ? FADE.steps : 0),
    });
  }

  /** A new picture takes the old one's place. */
  #replace(bitmap: ImageBitmap, view: BasemapView, zoom: number): void {
    if (!this.#onMap) return;
    const canvas = document.createElement("canvas");
    canvas.className = "states leaflet-zoom-animated";
    canvas.width = view.width * view.ratio;
    canvas.height = view.height * view.ratio;
    canvas.style.width = `${view.width}px`;
    canvas.style.height = `${view.height}px`;
    const context = canvas.getContext("2d", { alpha: false });
    context?.drawImage(bitmap, 0, 0);
    this.picture?.canvas.remove();
    this.picture = { canvas, context, view, zoom };
    this.#place();
    this._map.getPane("statesPane")?.append(canvas);
    this.#onPainted();
  }

  /** Put what changed hands in place, at once or over a few steps. */
  #apply(patch: Patch, steps: number): void {
    const context = this.picture?.context;
    if (!context) return;
    context.globalAlpha = steps ? FADE.share : 1;
    context.drawImage(patch.picture, patch.left, patch.top);
    if (!steps) return;
    window.setTimeout(() => {
      if (this.picture?.context === context) this.#apply(patch, steps - 1);
    }, FADE.ms);
  }

  #place(): void {
    this.#transform(this._map.getCenter(), this._map.getZoom());
  }

  #transform(center: LatLng, zoom: number): void {
    const { _map: map, picture } = this;
    if (!picture) return;
    const scale = map.getZoomScale(zoom, picture.zoom);
    const origin = map._getNewPixelOrigin(center, zoom);
    const corner = point(picture.view.left, picture.view.top).multiplyBy(scale).subtract(origin);
    DomUtil.setTransform(picture.canvas, corner, scale);
  }
}

/** The pixel of the world at the map's upper left corner. */
function viewCorner(map: LeafletMap) {
  return map.getPixelBounds().getTopLeft();
}

/** Whether a picture reaches over the whole map. */
function covers(view: BasemapView, map: LeafletMap): boolean {
  const { x, y } = viewCorner(map).subtract([view.left, view.top]);
  const size = map.getSize();
  return x >= 0 && y >= 0 && x + size.x <= view.width && y + size.y <= view.height;
}
