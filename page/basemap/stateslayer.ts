/** The states of the day, over the bare land; off where other borders are wanted. */

import { Layer, type Map as LeafletMap } from "leaflet";
import type { Pace } from "../journey/daystate";
import { reducedMotion } from "../lib/dom";
import { FLIGHT, type MapView, cornerOf, covers, onZoomAnimation, viewAround, viewOf } from "../lib/leaflet";
import { worldWidth } from "../lib/mercator";
import { lastUpTo } from "../lib/numbers";
import type { RenderQueue } from "./queue";
import { StatesPicture } from "./statespicture";
import { WorldCopies } from "./worldcopies";
import { type BasemapView, basemapStyle, worldView } from "./style";

/** Part of the view's size that the picture reaches beyond each edge. */
const MARGIN = 0.08;
/** While the pointer moves, states change at most this often, in ms. */
const CHANGE_INTERVAL = 300;
/** While the pointer moves, a new view is painted at this share of its sharpness, without ripples … */
const DRAFT_SCALE = 0.5;
/** … and in full when the day has stood still so long, in ms. */
const SHARPEN_DELAY = 100;

export class StatesLayer extends Layer {
  /** Whether the picture asked for last is a draft. */
  draft = false;
  /** The sharp picture of the view; the last one stays until the next is there. */
  picture: StatesPicture | undefined;
  /** The coarse picture of the whole world below it. */
  world: StatesPicture | undefined;
  /** Where a flight or a zoom ends that is under way: that view is painted meanwhile … */
  #heading: MapView | undefined;
  /** … and shown on arrival. */
  #next: StatesPicture | undefined;
  /** The view asked for last. */
  #asked: BasemapView | undefined;
  readonly #copies = new WorldCopies();
  readonly #queue: RenderQueue;
  /** Days on which anything changes hands, sorted. */
  readonly #changes: readonly number[];
  readonly #onPainted: () => void;
  #onMap = false;
  #enabled = true;
  #suspended = false;
  #day: number | undefined;
  #pace: Pace = "rest";
  /** Index of the change shown, and of that on the world's picture. */
  #step: number | undefined;
  #worldStep: number | undefined;
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
    for (const canvas of this.#copies.canvases) canvas.remove();
    for (const picture of this.#pictures()) picture.canvas.remove();
    this.picture = this.world = this.#next = this.#asked = undefined;
    this.#tellCovered();
    return this;
  }

  override getEvents() {
    return {
      move: () => this.#moved(),
      moveend: () => this.#arrive(),
      resize: () => this.#cover(),
      zoom: () => this.#place(viewOf(this._map)),
      zoomanim: onZoomAnimation((center, zoom) => {
        this.#place({ center, zoom });
        this.#head({ center, zoom });
      }),
      [FLIGHT]: onZoomAnimation((center, zoom) => this.#head({ center, zoom })),
    };
  }

  /** Show states, or leave the bare land. */
  enable(enabled: boolean): void {
    this.#enabled = enabled;
    this.#toggle();
    this.redraw();
    if (this.world) this.paintWorld();
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
    this.#tellCovered();
  }

  #moved(): void {
    const view = viewOf(this._map);
    if (this.world) this.#copies.place(this._map, this.world, view);
    this.#tellCovered(view);
  }

  /** What lies below a picture that covers it is not drawn: each layer costs time at every frame. */
  #tellCovered(view = viewOf(this._map)): void {
    const shown = this.#enabled && !this.#suspended;
    const covered = shown && this.picture !== undefined && covers(this.picture.view, this._map, view);
    const { classList } = this._map.getContainer();
    classList.toggle("covered", covered);
    classList.toggle("world-covered", shown && this.world !== undefined);
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

  /** Paint a draft in full once the pointer stands still, or has let go and no flight begins. */
  #sharpenSoon(): void {
    window.clearTimeout(this.#sharpenTimer);
    if (!this.draft) return;
    const delay = this.#pace === "drag" ? SHARPEN_DELAY : 0;
    this.#sharpenTimer = window.setTimeout(() => {
      this.#pace = "rest";
      this.redraw();
    }, delay);
  }

  /** Have what changed hands painted. */
  #send(fading: boolean): void {
    if (this.#day === undefined || !this.#enabled || this.#suspended) return;
    const step = lastUpTo(this.#changes, this.#day);
    const world = this.#worldIsSeen();
    if (step === this.#step && (!world || step === this.#worldStep)) return;
    this.#step = step;
    if (world) this.#worldStep = step;
    this.#fading = fading;
    this.#queue.showDay(this.#day, world);
  }

  /**
   * Whether the world is seen, or soon may be. While the pointer moves it is not where the view is
   * near its last picture, and painting it would cost frames for nothing.
   */
  #worldIsSeen(): boolean {
    return this.#pace === "rest" || !this.picture || !isNear(this.picture.view, this._map, this.#target);
  }

  /** A flight or a zoom begins: paint the view in which it ends. */
  #head(view: MapView): void {
    this.#heading = view;
    this.#next = undefined;
    this.#cover();
  }

  /** The map stands still: show what was painted for this view meanwhile. */
  #arrive(): void {
    this.#heading = undefined;
    if (this.#next) this.#replace(this.#next);
    this.#next = undefined;
    this.#cover();
  }

  /** A new picture where the view leaves the one that was asked for last. */
  #cover(): void {
    if (!this.#asked || !covers(this.#asked, this._map, this.#target)) this.redraw();
  }

  /** The view to be painted: the map's, or the one it is on its way to. */
  get #target(): MapView {
    return this.#heading ?? viewOf(this._map);
  }

  redraw(): void {
    this.#asked = undefined;
    if (!this.#enabled || this.#suspended || this.#day === undefined) return;
    this.#step = lastUpTo(this.#changes, this.#day);
    this.draft = this.#pace === "drag";
    this.#sharpenSoon();
    const view = (this.#asked = this.#viewAround(this.#target));
    this.#fading = false;
    const world = this.#worldIsSeen();
    if (world) this.#worldStep = this.#step;
    this.#queue.paintStates("view", view, { day: this.#day, world }, (bitmap) =>
      this.#receive(new StatesPicture("states", bitmap, view)),
    );
  }

  /** What is painted for a view of the map: it and a margin. */
  #viewAround(target: MapView): BasemapView {
    const style = basemapStyle(target.zoom, "day");
    if (this.draft) Object.assign(style, { ratio: style.ratio * DRAFT_SCALE, ripples: [] });
    return { ...style, ...viewAround(this._map, target, MARGIN) };
  }

  /** Paint the coarse world, which from then on changes with the day. */
  paintWorld(): void {
    if (this.#day === undefined) return;
    const view = worldView("day");
    this.#worldStep = lastUpTo(this.#changes, this.#day);
    this.#queue.paintStates("world", view, { day: this.#day, world: true }, (bitmap) =>
      this.#replaceWorld(new StatesPicture("world-states", bitmap, view)),
    );
  }

  #replaceWorld(picture: StatesPicture): void {
    if (!this.#onMap) return;
    this.world?.canvas.remove();
    this.world = picture;
    this._map.getPane("statesPane")?.prepend(picture.canvas, ...this.#copies.canvases);
    this.#place(viewOf(this._map));
  }

  #receive(picture: StatesPicture): void {
    if (!this.#onMap) return;
    if (this.#heading) this.#next = picture;
    else this.#replace(picture);
  }

  /** A new picture takes the old one's place, slowly where land changes hands while he rests. */
  #replace(picture: StatesPicture): void {
    const before = this.picture;
    this.picture = picture;
    picture.place(this._map, viewOf(this._map));
    this._map.getPane("statesPane")?.append(picture.canvas);
    if (before && this.#fading) picture.fadeIn(before);
    else before?.canvas.remove();
    this.#tellCovered();
    this.#onPainted();
  }

  #pictures(): StatesPicture[] {
    return [this.world, this.picture].filter((picture) => picture !== undefined);
  }

  #place(view: MapView): void {
    for (const picture of this.#pictures()) picture.place(this._map, view);
    if (this.world) this.#copies.place(this._map, this.world, view);
    this.#tellCovered(view);
  }
}

/** Whether a picture shows the middle of the map's view. */
function isNear(picture: BasemapView, map: LeafletMap, view: MapView): boolean {
  const { x, y } = cornerOf(map, view).subtract([picture.left, picture.top]).add(map.getSize().divideBy(2));
  const shows = x >= 0 && y >= 0 && x <= picture.width && y <= picture.height;
  return shows && picture.scale === worldWidth(view.zoom);
}
