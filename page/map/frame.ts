/** The frame around the map, graduated in degrees that follow it. */

import type { Map as LeafletMap } from "leaflet";
import { svgElement } from "../lib/dom";
import { type Box, rectanglePath } from "../lib/geometry";
import { wrapLongitude } from "../lib/mercator";

type Axis = "lat" | "lng";

/** The least widths of the paper's edge, in px, for a graduation and for its numbers. */
const GRADUATED_EDGE = 8;
const NUMBERED_EDGE = 17;
/** Distance of the outer line from the map, in px. */
const OUTER = 6.5;
/** Latitude up to which degrees are told. */
const HIGHEST = 84;

export class Frame {
  readonly #svg: SVGSVGElement;
  readonly #map: LeafletMap;
  #box: Box;
  readonly #lines: SVGPathElement;
  readonly #ticks: SVGPathElement;
  readonly #labels: SVGTextElement[] = [];
  /** How many of the labels this drawing uses. */
  #used = 0;

  /** `svg` fills the map's part of the page. */
  constructor(svg: SVGSVGElement, map: LeafletMap) {
    this.#svg = svg;
    this.#map = map;
    this.#lines = svgElement("path", { class: "frame-line" }, svg);
    this.#ticks = svgElement("path", { class: "frame-tick" }, svg);
    this.#box = this.#measure();
    map.on("resize", () => (this.#box = this.#measure()));
    map.on("move zoom resize", () => this.#draw());
    this.#draw();
  }

  /** Where the map is in this drawing; to ask for it has the page laid out. */
  #measure(): Box {
    const outer = this.#svg.getBoundingClientRect();
    const inner = this.#map.getContainer().getBoundingClientRect();
    return {
      left: inner.left - outer.left, top: inner.top - outer.top,
      right: inner.right - outer.left, bottom: inner.bottom - outer.top,
    }; // prettier-ignore
  }

  #draw(): void {
    const box = this.#box;
    this.#used = 0;
    if (box.left < GRADUATED_EDGE) return;
    const [tick, number] = graduation(this.#map.getZoom());
    this.#lines.setAttribute("d", outline(box, 0.5) + outline(box, OUTER));
    this.#ticks.setAttribute("d", this.#graduate(box, tick));
    if (box.left > NUMBERED_EDGE) this.#number(box, number);
    for (const label of this.#labels.splice(this.#used)) label.remove();
  }

  /** Every other degree filled along all four sides. */
  #graduate(box: Box, step: number): string {
    let path = "";
    for (const [from, to] of this.#spans("lng", step, box.left, box.right)) {
      path +=
        rectanglePath(from, box.top - 5.5, to - from, 4) +
        rectanglePath(from, box.bottom + 1.5, to - from, 4);
    }
    for (const [from, to] of this.#spans("lat", step, box.top, box.bottom)) {
      path +=
        rectanglePath(box.left - 5.5, from, 4, to - from) +
        rectanglePath(box.right + 1.5, from, 4, to - from);
    }
    return path;
  }

  /** Filled spans, [from, to] in px along a side. */
  #spans(axis: Axis, step: number, low: number, high: number): [number, number][] {
    return this.#degrees(axis, 2 * step).flatMap((degree): [number, number][] => {
      const [a, b] = [this.#px(axis, degree) + low, this.#px(axis, degree + step) + low];
      const [from, to] = [Math.max(low, Math.min(a, b)), Math.min(high, Math.max(a, b))];
      return to > from ? [[from, to]] : [];
    });
  }

  /** Whole multiples of `step` in view, one beyond at the low end. */
  #degrees(axis: Axis, step: number): number[] {
    const bounds = this.#map.getBounds();
    const [low, high] =
      axis === "lng"
        ? [bounds.getWest(), bounds.getEast()]
        : [bounds.getSouth(), Math.min(HIGHEST, bounds.getNorth())];
    const degrees = [];
    for (let degree = Math.floor(low / step) * step; degree <= high; degree += step) degrees.push(degree);
    return degrees;
  }

  #px(axis: Axis, degree: number): number {
    if (axis === "lng") return this.#map.latLngToContainerPoint([0, degree]).x;
    return this.#map.latLngToContainerPoint([Math.max(-85, Math.min(85, degree)), 0]).y;
  }

  #number(box: Box, step: number): void {
    for (const lon of this.#degrees("lng", step)) {
      const x = box.left + this.#px("lng", lon);
      if (x > box.left + 24 && x < box.right - 24) this.#label(longitudeInWords(lon), x, box.top - 10.5, 0);
    }
    for (const lat of this.#degrees("lat", step)) {
      const y = box.top + this.#px("lat", lat);
      if (y < box.top + 24 || y > box.bottom - 24) continue;
      this.#label(degreesInWords(lat, "N", "S"), box.left - 10.5, y, -90);
      this.#label(degreesInWords(lat, "N", "S"), box.right + 10.5, y, 90);
    }
  }

  #label(words: string, x: number, y: number, turn: number): void {
    const label =
      this.#labels[this.#used] ??
      svgElement("text", { class: "frame-degrees", "text-anchor": "middle" }, this.#svg);
    this.#labels[this.#used] = label;
    this.#used += 1;
    label.textContent = words;
    label.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})`);
  }
}

/** Degrees a tick and a number stand for at a zoom. */
function graduation(zoom: number): [tick: number, number: number] {
  if (zoom > 5.5) return [1, 2];
  if (zoom > 4.6) return [2, 4];
  return zoom > 3.7 ? [5, 10] : [10, 20];
}

function outline({ left, top, right, bottom }: Box, out: number): string {
  return rectanglePath(left - out, top - out, right - left + 2 * out, bottom - top + 2 * out);
}

function longitudeInWords(lon: number): string {
  const wrapped = wrapLongitude(lon);
  return wrapped === -180 ? "180°" : degreesInWords(wrapped, "E", "W");
}

function degreesInWords(degree: number, positive: string, negative: string): string {
  const letter = degree > 0 ? ` ${positive}` : degree < 0 ? ` ${negative}` : "";
  return `${Math.abs(degree)}°${letter}`;
}
