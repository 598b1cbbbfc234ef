/** The lines of the road for one view, drawn once and then kept up with the days. */

import { type Canvas, type Context, makeCanvas } from "../basemap/canvas";
import type { Viewport } from "../basemap/style";
import type { Rect, XY } from "../lib/geometry";
import type { WorldBox } from "../lib/worldbox";
import type { LegPaths } from "./legpaths";
import { type CasedLine, type LineStyle, type RoadStyle, ageOf } from "./roadstyle";
import { boxOf } from "./viewport";

/** Which legs lie behind on a day, and which ahead. */
export interface RoadSpans {
  /** Legs before this index are behind him. The latest, which is drawn by itself, may be between. */
  past: number;
  /** Legs from this index on lie ahead. */
  ahead: number;
  /** How many legs have each age, or a greater one; the youngest first. */
  older: readonly number[];
  /** Whether the whole road is drawn at once. */
  overview: boolean;
}

/** Whether two roads look the same. */
export function isSameRoad(a: RoadSpans, b: RoadSpans): boolean {
  const same = a.past === b.past && a.ahead === b.ahead && a.overview === b.overview;
  return same && a.older.every((count, i) => count === b.older[i]);
}

/** Room around a line for its width and its end, in px. */
export const EDGE = 4;
/** What of a leg that is reached no longer lies ahead: its dots, which are 1.3 px wide. */
const REACHED: LineStyle = { colour: "#000", width: 2.4, opacity: 1, dash: [], cap: "round" };
/** Where the lines are longer than this in all, in px, their dots and dashes cannot be told apart, and take long to draw. */
const DENSE = 1e5;
/** Strokes that the browser may take together. */
const READ_EVERY = 8;
/** Pictures of earlier days, to go back to: one after so many legs at least, and px in all. */
const CHECKPOINT = { legs: 30, most: 8, pixels: 24e6 };

interface Checkpoint {
  past: number;
  casings: Canvas;
  lines: Canvas;
}

export class RoadDrawing {
  readonly #paths: LegPaths;
  readonly #style: RoadStyle;
  readonly #box: WorldBox;
  readonly #casings: LineLayer;
  readonly #lines: LineLayer;
  readonly #ahead: LineLayer;
  readonly #dense: boolean;
  /** Legs that were drawn, or taken away, since somebody asked for them. */
  readonly #changed: number[] = [];
  readonly #checkpoints: Checkpoint[] = [];
  readonly #checkpointEvery: number;
  /** The ages in which legs behind him are drawn. */
  #older: readonly number[] = [];
  #spans: RoadSpans = { past: 0, ahead: 0, older: [], overview: false };

  /** A `draft` has neither casings nor ways, and what is reached stays drawn as ahead, below the lines. */
  constructor(
    paths: LegPaths,
    readonly view: Viewport,
    style: RoadStyle,
    readonly draft = false,
  ) {
    const { width, height, ratio } = view;
    this.#paths = paths;
    this.#style = style;
    this.#box = boxOf(view, EDGE);
    this.#casings = new LineLayer(view);
    this.#lines = new LineLayer(view);
    this.#ahead = new LineLayer(view);
    this.#dense = this.#isDense();
    const affordable = Math.floor(CHECKPOINT.pixels / (2 * width * height * ratio ** 2));
    const count = Math.max(1, Math.min(CHECKPOINT.most, affordable));
    this.#checkpointEvery = Math.max(CHECKPOINT.legs, Math.ceil(paths.count / count));
  }

  #isDense(): boolean {
    const boxes = this.#paths.within(this.#box, 0, this.#paths.count).map((i) => this.#paths.boxOf(i));
    const length = ({ west, east, north, south }: WorldBox) => Math.hypot(east - west, south - north);
    return boxes.reduce((sum, box) => sum + length(box) * this.view.scale, 0) > DENSE;
  }

  /** What of the road is drawn. */
  get spans(): RoadSpans {
    return this.#spans;
  }

  /** Draw everything, a leg at a time. */
  *paint(spans: RoadSpans): Generator<void> {
    this.#older = spans.older;
    if (spans.overview) {
      yield* this.#paintWhole();
    } else {
      this.#spans = { ...spans, past: 0, ahead: this.#paths.count };
      yield* this.#updatePast(spans.past);
      yield* this.#updateAhead(this.draft ? 0 : spans.ahead);
    }
    this.#spans = spans;
    this.#changed.length = 0;
  }

  *#paintWhole(): Generator<void> {
    for (const i of this.#paths.within(this.#box, 0, this.#paths.count)) {
      const path = this.#paths.path(i);
      this.#casings.stroke(path, this.#style.wholeCasing);
      this.#lines.stroke(path, this.#style.whole);
      yield;
    }
  }

  #paintLeg(leg: number): void {
    this.#keepCheckpoint(leg);
    const age = ageOf(leg, this.#older);
    const toldApart = !this.draft && !this.#dense;
    const runs = toldApart ? this.#paths.runs(leg) : [{ by: "" as const, path: this.#paths.path(leg) }];
    for (const { by, path } of runs) this.#paintRun(path, this.#style.run(by, age));
  }

  #paintRun(path: Path2D, { casing, line }: CasedLine): void {
    if (!this.draft) this.#casings.stroke(path, casing);
    this.#lines.stroke(path, line);
  }

  get #aheadStyle(): LineStyle {
    return this.#dense ? this.#style.aheadDense : this.#style.ahead;
  }

  /** Whether the same may be drawn by `update`, rather than everything anew. */
  canUpdate(spans: RoadSpans): boolean {
    return isSameRoad(spans, this.#spans) || (!spans.overview && !this.#spans.overview);
  }

  /** Whether every leg behind him is drawn in its age. */
  isAged({ past, older }: RoadSpans): boolean {
    return older.every((count, i) => Math.min(count, past) === Math.min(this.#older[i] ?? 0, past));
  }

  /** Keep up with another day, a leg at a time, but for the ages of what is drawn. */
  *update(spans: RoadSpans): Generator<void> {
    yield* this.#updatePast(spans.past);
    if (!this.draft) yield* this.#updateAhead(spans.ahead);
    this.#spans = spans;
  }

  *#updatePast(to: number): Generator<void> {
    const { past } = this.#spans;
    if (to < past) {
      this.#changed.push(...this.#paths.within(this.#box, to, past));
      this.#reach({ past: this.#goBack(to) });
    }
    for (const i of this.#paths.within(this.#box, this.#spans.past, to)) {
      this.#paintLeg(i);
      this.#changed.push(i);
      this.#reach({ past: i + 1 });
      yield;
    }
    this.#reach({ past: to });
  }

  *#updateAhead(to: number): Generator<void> {
    const from = this.#spans.ahead;
    const legs = this.#paths.within(this.#box, Math.min(from, to), Math.max(from, to));
    for (const i of to < from ? legs.reverse() : legs) {
      if (to < from) this.#ahead.stroke(this.#paths.path(i), this.#aheadStyle);
      else this.#ahead.erase(this.#paths.path(i), REACHED);
      this.#changed.push(i);
      this.#reach({ ahead: to < from ? i : i + 1 });
      yield;
    }
    this.#reach({ ahead: to });
  }

  #reach(spans: Partial<RoadSpans>): void {
    this.#spans = { ...this.#spans, ...spans };
  }

  /** The parts of the view that are new since they were last asked for. */
  takeChanged(): Rect[] {
    const legs = new Set(this.#changed.splice(0));
    return [...legs].flatMap((i) => this.#paths.partsOf(i)).map((part) => this.#rectOf(part));
  }

  /** Keep what is drawn before a leg, if it is time to. */
  #keepCheckpoint(leg: number): void {
    const last = this.#checkpoints.at(-1)?.past ?? 0;
    if (leg - last < this.#checkpointEvery) return;
    this.#checkpoints.push({ past: leg, casings: this.#casings.copy(), lines: this.#lines.copy() });
  }

  /** Go back to the latest picture before a leg; returns how many legs it has. */
  #goBack(past: number): number {
    while ((this.#checkpoints.at(-1)?.past ?? 0) > past) this.#checkpoints.pop();
    const checkpoint = this.#checkpoints.at(-1);
    this.#casings.restore(checkpoint?.casings);
    this.#lines.restore(checkpoint?.lines);
    return checkpoint?.past ?? 0;
  }

  /** A box of the world as a rectangle of this view, in px from its corner. */
  #rectOf(box: WorldBox): Rect {
    const { left, top, width, height, scale } = this.view;
    const x0 = Math.max(0, Math.floor(box.west * scale - left - EDGE));
    const y0 = Math.max(0, Math.floor(box.north * scale - top - EDGE));
    const x1 = Math.min(width, Math.ceil(box.east * scale - left + EDGE));
    const y1 = Math.min(height, Math.ceil(box.south * scale - top + EDGE));
    return { left: x0, top: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0) };
  }

  /** Put the part of the drawing that has its corner there, in px of the canvas, onto another canvas. */
  show(context: Context, { x, y }: XY, side: number, withAhead: boolean): void {
    const ahead = withAhead && !this.#spans.overview ? [this.#ahead] : [];
    const layers = this.draft ? [...ahead, this.#lines] : [this.#casings, this.#lines, ...ahead];
    for (const { canvas } of layers) context.drawImage(canvas, x, y, side, side, 0, 0, side, side);
  }
}

/** Lines of one kind, on a canvas of a view. */
class LineLayer {
  readonly canvas: Canvas;
  readonly #context: Context;
  readonly #scale: number;
  #strokes = 0;

  constructor({ left, top, width, height, scale, ratio }: Viewport) {
    const { canvas, context } = makeCanvas(width * ratio, height * ratio, { willReadFrequently: true });
    this.canvas = canvas;
    this.#context = context;
    this.#scale = scale;
    context.setTransform(ratio * scale, 0, 0, ratio * scale, -left * ratio, -top * ratio);
    context.lineJoin = "round";
  }

  stroke(path: Path2D, { colour, width, opacity, dash, cap }: LineStyle): void {
    const context = this.#context;
    this.#strokes += 1;
    // The browser only notes what is to be drawn, until somebody reads: all of it then takes longer than a slice.
    if (this.#strokes % READ_EVERY === 0) context.getImageData(0, 0, 1, 1);
    context.globalAlpha = opacity;
    context.strokeStyle = colour;
    context.lineWidth = width / this.#scale;
    context.lineCap = cap;
    context.setLineDash(dash.map((length) => length / this.#scale));
    context.stroke(path);
  }

  erase(path: Path2D, style: LineStyle): void {
    this.#context.globalCompositeOperation = "destination-out";
    this.stroke(path, style);
    this.#context.globalCompositeOperation = "source-over";
  }

  copy(): Canvas {
    const { canvas, context } = makeCanvas(this.canvas.width, this.canvas.height);
    context.drawImage(this.canvas, 0, 0);
    return canvas;
  }

  /** Have what a copy has; nothing where there is none. */
  restore(copy: Canvas | undefined): void {
    const context = this.#context;
    context.save();
    context.resetTransform();
    context.globalAlpha = 1;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (copy) context.drawImage(copy, 0, 0);
    context.restore();
  }
}
