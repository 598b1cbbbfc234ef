"use strict";

/** The plate's frame, graduated in degrees that follow the map. */
class Frame {
  /** @param {SVGSVGElement} element fills the map's part of the plate @param {L.Map} map */
  constructor(element, map) {
    this.map = map;
    this.element = element;
    this.lines = svg("path", { class: "frame-line" }, element);
    this.ticks = svg("path", { class: "frame-tick" }, element);
    /** @type {SVGTextElement[]} */
    this.labels = [];
    /** How many of the labels this drawing uses. */
    this.used = 0;
    map.on("move zoom resize", () => this.draw());
    this.draw();
  }

  draw() {
    const plate = this.element.getBoundingClientRect();
    const inner = this.map.getContainer().getBoundingClientRect();
    const box = {
      left: inner.left - plate.left, top: inner.top - plate.top,
      right: inner.right - plate.left, bottom: inner.bottom - plate.top,
    };
    this.used = 0;
    if (box.left < 8) return;
    const zoom = this.map.getZoom();
    const [tick, mark] = zoom > 5.5 ? [1, 2] : zoom > 4.6 ? [2, 4] : zoom > 3.7 ? [5, 10] : [10, 20];
    const outer = 6.5;
    this.lines.setAttribute("d", frameRect(box, 0.5) + frameRect(box, outer));
    this.ticks.setAttribute("d", this.sides(box, tick));
    if (box.left > 17) this.write(box, mark);
    for (const label of this.labels.splice(this.used)) label.remove();
  }

  /** Every other degree filled along all four sides. @param {LabelBox} box @param {number} step */
  sides(box, step) {
    let path = "";
    for (const [from, to] of this.spans("lng", step, box.left, box.right)) {
      path += bar(from, box.top - 5.5, to - from, 4) + bar(from, box.bottom + 1.5, to - from, 4);
    }
    for (const [from, to] of this.spans("lat", step, box.top, box.bottom)) {
      path += bar(box.left - 5.5, from, 4, to - from) + bar(box.right + 1.5, from, 4, to - from);
    }
    return path;
  }

  /**
   * Filled spans, [from, to] in px along a side.
   * @param {"lat" | "lng"} axis @param {number} step @param {number} low @param {number} high
   */
  spans(axis, step, low, high) {
    const spans = [];
    for (const degree of this.degrees(axis, 2 * step)) {
      const [a, b] = [this.px(axis, degree) + low, this.px(axis, degree + step) + low];
      const [from, to] = [Math.max(low, Math.min(a, b)), Math.min(high, Math.max(a, b))];
      if (to > from) spans.push([from, to]);
    }
    return spans;
  }

  /** Whole multiples of `step` in view, one beyond at the low end. @param {"lat" | "lng"} axis @param {number} step */
  degrees(axis, step) {
    const bounds = this.map.getBounds();
    const [low, high] = axis === "lng" ? [bounds.getWest(), bounds.getEast()] : [bounds.getSouth(), Math.min(84, bounds.getNorth())];
    const degrees = [];
    for (let degree = Math.floor(low / step) * step; degree <= high; degree += step) degrees.push(degree);
    return degrees;
  }

  /** @param {"lat" | "lng"} axis @param {number} degree */
  px(axis, degree) {
    const point = this.map.latLngToContainerPoint(axis === "lng" ? [0, degree] : [Math.max(-85, Math.min(85, degree)), 0]);
    return axis === "lng" ? point.x : point.y;
  }

  /** @param {LabelBox} box @param {number} step */
  write(box, step) {
    for (const lon of this.degrees("lng", step)) {
      const x = box.left + this.px("lng", lon);
      if (x > box.left + 24 && x < box.right - 24) this.label(degreesInWords(lon, "E", "W", 180), x, box.top - 10.5, 0);
    }
    for (const lat of this.degrees("lat", step)) {
      const y = box.top + this.px("lat", lat);
      if (y < box.top + 24 || y > box.bottom - 24) continue;
      this.label(degreesInWords(lat, "N", "S", 90), box.left - 10.5, y, -90);
      this.label(degreesInWords(lat, "N", "S", 90), box.right + 10.5, y, 90);
    }
  }

  /** @param {string} words @param {number} x @param {number} y @param {number} turn */
  label(words, x, y, turn) {
    const label = this.labels[this.used] ?? svg("text", { class: "frame-degrees", "text-anchor": "middle" }, this.element);
    this.labels[this.used] = label;
    this.used += 1;
    label.textContent = words;
    label.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})`);
  }
}

/** @param {LabelBox} box @param {number} out */
function frameRect(box, out) {
  return bar(box.left - out, box.top - out, box.right - box.left + 2 * out, box.bottom - box.top + 2 * out);
}

/** @param {number} x @param {number} y @param {number} width @param {number} height */
function bar(x, y, width, height) {
  return `M${x.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}Z`;
}

/** @param {number} degree @param {string} positive @param {string} negative @param {number} most */
function degreesInWords(degree, positive, negative, most) {
  const wrapped = most === 180 ? ((((degree + 180) % 360) + 360) % 360) - 180 : degree;
  const letter = wrapped > 0 ? ` ${positive}` : wrapped < 0 ? ` ${negative}` : "";
  return `${Math.abs(wrapped)}°${Math.abs(wrapped) === 180 ? "" : letter}`;
}
