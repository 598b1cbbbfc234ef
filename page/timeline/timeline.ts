/**
 * The time bar: every stay a bar in the lane of its phase, or the days of all as a density where
 * they are too many, and a handle for the day. A slider to keyboard and screen reader; a lens above
 * it shows crowded years wide.
 */

import type { Stop } from "../journey/data";
import type { DayState } from "../journey/daystate";
import { sameDayIn } from "../lib/dates";
import { getElement, svgElement } from "../lib/dom";
import { clamp, sentenceCase } from "../lib/numbers";
import { Axis } from "./axis";
import { type Bar, THINNEST, barGroup, drawBar, drawShares } from "./bars";
import { sharesOf } from "./density";
import { Lens } from "./lens";
import { TimeScale } from "./scale";

/** What the reader does with the time bar. */
interface TimelineListener {
  /** The pointer moves over days. */
  drag: (day: number) => void;
  /** The pointer, or the key, has let go. */
  rest: () => void;
  /** To the next stop (1) or the one before (-1). */
  step: (direction: 1 | -1) => void;
  isPresenting: () => boolean;
}

/** A drawing that moves behind a window, so that no day paints the stays anew. */
interface Clip {
  window: HTMLElement;
  drawing: SVGSVGElement;
}

/** Nothing is drawn in a bar narrower than this, in px. */
const NARROWEST = 100;
/** Lanes as high as the style sheet has them; more share their height. */
const FULL_LANES = 5;
/** Thickness of a stay's bar: at most so many px, and this share of its lane. */
const THICKEST = 10;
const THICKNESS = 0.7;

export class Timeline {
  readonly #state: DayState;
  readonly #listener: TimelineListener;
  readonly #element = getElement("timeline");
  readonly #lens: Lens;
  #scale: TimeScale;
  #axis: Axis | undefined;
  /** The bar's left edge on the page and its width, in px. */
  #left = 0;
  #width = 1;
  /** Height of a lane, in px. */
  #lane = 0;
  #dragging = false;
  #marked: Stop | null = null;
  #lived: Clip | undefined;
  #past: Clip | undefined;
  #handle: SVGSVGElement | undefined;
  #highlight: SVGRectElement | undefined;
  #laneLabels: SVGTextElement[] = [];

  constructor(state: DayState, listener: TimelineListener) {
    const { first, last } = state.itinerary.data;
    this.#state = state;
    this.#listener = listener;
    this.#lens = new Lens(getElement("lens"), state.itinerary);
    this.#scale = new TimeScale(first, last, 0, 1);
    this.#element.setAttribute("aria-valuemin", String(first));
    this.#element.setAttribute("aria-valuemax", String(last));
    this.#listen();
    new ResizeObserver(() => this.build()).observe(this.#element);
    this.build();
    state.subscribe(() => this.#show());
  }

  #listen(): void {
    const element = this.#element;
    element.addEventListener("pointerdown", (event) => this.#grab(event));
    element.addEventListener("pointermove", (event) => this.#hover(event));
    element.addEventListener("pointerleave", () => this.#lens.hide());
    element.addEventListener("keydown", (event) => this.#key(event));
    element.addEventListener("focus", () => {
      if (element.matches(":focus-visible")) this.#showLens(this.#scale.x(this.#state.day));
    });
    element.addEventListener("blur", () => this.#lens.hide());
  }

  #grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    // The ring is for who comes by keyboard.
    this.#element.classList.add("pointed");
    this.#element.focus({ preventScroll: true });
    this.#element.setPointerCapture(event.pointerId);
    this.#dragging = true;
    this.#moveTo(event);
    const released = new AbortController();
    const release = () => {
      this.#dragging = false;
      released.abort();
      this.#lens.hide();
      this.#listener.rest();
    };
    this.#element.addEventListener("pointerup", release, { signal: released.signal });
    this.#element.addEventListener("pointercancel", release, { signal: released.signal });
  }

  #hover(event: PointerEvent): void {
    if (this.#dragging) this.#moveTo(event);
    else if (event.pointerType === "mouse") this.#showLens(event.clientX - this.#left);
  }

  #moveTo(event: PointerEvent): void {
    this.#listener.drag(this.#clamp(Math.round(this.#scale.day(event.clientX - this.#left))));
    this.#showLens(this.#scale.x(this.#state.day));
  }

  #clamp(day: number): number {
    const { first, last } = this.#state.itinerary.data;
    return clamp(day, first, last);
  }

  #showLens(at: number): void {
    this.#lens.show(at, this.#left, this.#scale);
  }

  #key(event: KeyboardEvent): void {
    this.#element.classList.remove("pointed");
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = this.#actOf(event.key, event.shiftKey);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /** What a key does on the slider. */
  #actOf(key: string, shift: boolean): (() => void) | undefined {
    const { first, last } = this.#state.itinerary.data;
    const days = KEY_DAYS[key];
    if (days && shift) return () => this.#listener.step(days);
    if (days) return () => this.#goTo(this.#state.day + days);
    const years = KEY_YEARS[key];
    // A clicker sends Page keys; before the class they are its stops, elsewhere years.
    if (years && !this.#listener.isPresenting()) return () => this.#goTo(sameDayIn(this.#state.day, years));
    if (key === "Home") return () => this.#goTo(first);
    return key === "End" ? () => this.#goTo(last) : undefined;
  }

  #goTo(day: number): void {
    this.#listener.drag(this.#clamp(day));
    this.#listener.rest();
  }

  /** Draw everything that the day does not change. */
  build(): void {
    const box = this.#element.getBoundingClientRect();
    // A frame that is not laid out yet has no width; the observer calls again when it has.
    if (box.width < NARROWEST) return;
    const style = getComputedStyle(this.#element);
    const size = (name: string) => parseFloat(style.getPropertyValue(name));
    const { first, last, phases } = this.#state.itinerary.data;
    this.#left = box.left;
    this.#width = box.width;
    this.#lane = Math.min(size("--lane"), (FULL_LANES * size("--lane")) / Math.max(1, phases.length));
    this.#scale = new TimeScale(first, last, size("--gutter"), box.width - size("--end"));
    this.#element.replaceChildren();
    const base = this.#drawing(this.#element, box);
    this.#lived = this.#clip(box);
    this.#past = this.#clip(box);
    const top = this.#drawing(this.#element, box);
    defineHatch(base);
    this.#drawLanes(base);
    this.#drawTies(base);
    this.#drawStays(base, this.#lived.drawing);
    this.#highlight = svgElement("rect", { class: "here", height: this.#thickness }, top);
    const axis = {
      y: this.#lanesHeight + 4,
      height: size("--axis-bar"),
      baseline: size("--axis-text"),
      yearRoom: size("--year-room"),
    };
    this.#axis = new Axis(this.#scale, axis, base, this.#past.drawing, top);
    this.#drawHandle(axis.y + axis.height / 2, size("--grip"));
    this.#lens.invalidate();
    this.#marked = null;
    this.#show();
  }

  /** A drawing that fills the bar. */
  #drawing(parent: Element, { width, height }: DOMRect): SVGSVGElement {
    return svgElement("svg", { width, height, "aria-hidden": "true" }, parent);
  }

  /** A drawing of which a window shows the part up to the day. */
  #clip(box: DOMRect): Clip {
    const element = document.createElement("div");
    element.className = "clip";
    this.#element.append(element);
    return { window: element, drawing: this.#drawing(element, box) };
  }

  /** Show what lies before a place in px: window and drawing only move against each other. */
  #reveal(clip: Clip | undefined, x: number): void {
    if (!clip) return;
    const rest = this.#width - x;
    clip.window.style.transform = `translateX(${(-rest).toFixed(1)}px)`;
    clip.drawing.style.transform = `translateX(${rest.toFixed(1)}px)`;
  }

  #laneY(phase: number): number {
    return phase * this.#lane + this.#lane / 2;
  }

  get #lanesHeight(): number {
    return this.#lane * Math.max(1, this.#state.itinerary.data.phases.length);
  }

  get #thickness(): number {
    return Math.min(THICKEST, this.#lane * THICKNESS);
  }

  #drawLanes(svg: SVGSVGElement): void {
    const { phases, silences } = this.#state.itinerary.data;
    const scale = this.#scale;
    this.#laneLabels = phases.map(({ name }, i) => {
      const y = this.#laneY(i);
      svgElement("line", { class: "lane-line", x1: scale.x0, x2: scale.x1, y1: y, y2: y }, svg);
      const label = svgElement(
        "text",
        { class: "lane-label", x: scale.x0 - 12, y: y + 4, "text-anchor": "end" },
        svg,
      );
      label.textContent = sentenceCase(name);
      return label;
    });
    for (const [from, to] of silences) {
      const x = scale.x(from);
      const width = Math.max(3, scale.x(to) - x);
      svgElement("rect", { class: "silence", x, y: 0, width, height: this.#lanesHeight }, svg);
    }
  }

  #barOf(stop: Stop): Bar {
    const x = this.#scale.x(stop.start);
    const height = this.#thickness;
    return {
      x,
      y: this.#laneY(stop.phase) - height / 2,
      width: Math.max(THINNEST, this.#scale.x(stop.end) - x - 1),
      height,
    };
  }

  /** Draw every stay as a bar; a lane that has more than its share of a crowded axis as a density. */
  #drawStays(base: SVGSVGElement, lived: SVGSVGElement): void {
    const { stops, data, phaseClasses } = this.#state.itinerary;
    const lanes = data.phases.map((): Stop[] => []);
    for (const stop of stops) lanes[stop.phase]?.push(stop);
    const room = this.#scale.width / THINNEST;
    const most = stops.length > room ? room / lanes.length : Infinity;
    const groups = [barGroup(base, false), barGroup(lived, true)];
    lanes.forEach((lane, phase) => {
      if (lane.length > most) this.#drawDensity(groups, lane, phase, phaseClasses[phase] ?? "");
      else this.#drawBars(groups, lane);
    });
  }

  #drawBars(groups: SVGGElement[], stops: readonly Stop[]): void {
    for (const stop of stops) {
      for (const group of groups) drawBar(group, this.#barOf(stop), stop, this.#state.itinerary);
    }
  }

  #drawDensity(groups: SVGGElement[], stops: readonly Stop[], phase: number, style: string): void {
    const shares = sharesOf(stops, this.#scale);
    const height = this.#thickness;
    const lane = { x: this.#scale.x0, y: this.#laneY(phase) - height / 2, height };
    for (const group of groups) drawShares(group, lane, shares, style);
  }

  /** Thin ties from lane to lane, where a stay follows one of another phase. */
  #drawTies(svg: SVGSVGElement): void {
    const { stops } = this.#state.itinerary;
    let path = "";
    stops.slice(1).forEach((next, i) => {
      const stop = stops[i]!;
      if (stop.phase === next.phase) return;
      const [a, b] = [this.#scale.x(stop.end), this.#scale.x(next.start)];
      const [y, y1] = [this.#laneY(stop.phase), this.#laneY(next.phase)];
      const middle = ((a + b) / 2).toFixed(1);
      path += `M${a.toFixed(1)} ${y}C${middle} ${y} ${middle} ${y1} ${b.toFixed(1)} ${y1}`;
    });
    svgElement("path", { class: "tie", d: path }, svg);
  }

  #drawHandle(y: number, grip: number): void {
    this.#handle = svgElement("svg", { class: "handle", width: 1, height: 1 }, this.#element);
    svgElement(
      "line",
      { class: "handle-line", x1: 0, x2: 0, y1: -6, y2: this.#lanesHeight + 8 },
      this.#handle,
    );
    const at = svgElement("g", { transform: `translate(0 ${y}) scale(${grip})` }, this.#handle);
    svgElement("path", { class: "handle-grip", d: "M0 -18L10 -8V12Q10 15 7 15H-7Q-10 15 -10 12V-8Z" }, at);
    svgElement("path", { class: "handle-rib", d: "M-3.5 -4V7M0 -4V7M3.5 -4V7" }, at);
  }

  #show(): void {
    const { day, overview } = this.#state;
    const x = this.#scale.x(day);
    this.#reveal(this.#past, x);
    this.#reveal(this.#lived, overview ? this.#width : x);
    if (this.#handle) this.#handle.style.transform = `translateX(${x.toFixed(1)}px)`;
    this.#axis?.show(x);
    this.#element.setAttribute("aria-valuenow", String(day));
    this.#element.setAttribute("aria-valuetext", this.#state.sentence());
    this.#mark(this.#state.currentStop);
  }

  /** Mark the stop he is in. */
  #mark(stop: Stop | null): void {
    if (this.#marked === stop && stop) return;
    this.#marked = stop;
    this.#highlight?.toggleAttribute("hidden", !stop);
    this.#laneLabels.forEach((label, i) => label.classList.toggle("on", i === stop?.phase));
    if (!stop || !this.#highlight) return;
    for (const [name, value] of Object.entries(this.#barOf(stop)))
      this.#highlight.setAttribute(name, String(value));
  }
}

/** Days and years that keys move by. */
const KEY_DAYS: Record<string, 1 | -1> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
const KEY_YEARS: Record<string, 1 | -1> = { PageUp: 1, PageDown: -1 };

function defineHatch(svg: SVGSVGElement): void {
  const definitions = svgElement("defs", {}, svg);
  const pattern = {
    id: "hatch",
    width: 5,
    height: 5,
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  };
  const hatch = svgElement("pattern", pattern, definitions);
  svgElement("line", { class: "hatch-line", x1: 0, y1: 0, x2: 0, y2: 5 }, hatch);
}
