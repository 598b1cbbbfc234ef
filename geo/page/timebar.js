"use strict";

/** Pixels a day takes in the lens over the bar. */
const LENS_PX = 0.42;
/** Width of the lens, as the style sheet has it. */
const LENS_WIDTH = 460;
/** Nothing is drawn in a bar narrower than this, in px. */
const NARROWEST = 100;
/** A bar is never narrower, so that a short stay can be seen. */
const THINNEST = 3;

/**
 * The line of years: every stay a bar in the lane of its phase, and a handle for the day.
 * A slider to keyboard and screen reader; a lens above it shows crowded years wide.
 */
class TimeBar {
  /**
   * @param {JourneyData} data
   * @param {{input: (day: number) => void, rest: () => void, step: (direction: number) => void, sentence: (day: number) => string}} hooks
   */
  constructor(data, hooks) {
    this.data = data;
    this.hooks = hooks;
    this.day = data.first;
    this.whole = true;
    /** The bar's left edge on the page and the ends of its axis from there, in px. */
    this.left = 0;
    this.x0 = 0;
    this.x1 = 1;
    /** Width of the bar, in px. */
    this.width = 1;
    /** Height of a lane, in px. */
    this.lane = 0;
    /** @type {PlaceData | null} */
    this.marked = null;
    this.element = part("score");
    this.lens = part("lens");
    /** The drawing in the lens, once it has been looked through. @type {SVGSVGElement | null} */
    this.lensSheet = null;
    this.stays = data.nodes.map((index) => data.places[index]).filter((place) => place.number !== null);
    this.years = [dateOf(data.first).getUTCFullYear(), dateOf(data.last).getUTCFullYear() + 1];
    this.range = [dayOf(this.years[0]), dayOf(this.years[1])];
    this.element.setAttribute("aria-valuemin", String(data.first));
    this.element.setAttribute("aria-valuemax", String(data.last));
    this.listen();
    new ResizeObserver(() => this.build()).observe(this.element);
    this.build();
  }

  listen() {
    const { element } = this;
    element.addEventListener("pointerdown", (event) => this.grab(event));
    element.addEventListener("pointermove", (event) => this.hover(event));
    element.addEventListener("pointerleave", () => this.showLens(null));
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("focus", () => element.matches(":focus-visible") && this.showLens(this.x(this.day)));
    element.addEventListener("blur", () => this.showLens(null));
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    // The ring is for who comes by keyboard.
    this.element.classList.add("pointed");
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
    this.held = true;
    this.moveTo(event);
    const release = () => {
      this.held = false;
      this.element.removeEventListener("pointerup", release);
      this.element.removeEventListener("pointercancel", release);
      this.showLens(null);
      this.hooks.rest();
    };
    this.element.addEventListener("pointerup", release);
    this.element.addEventListener("pointercancel", release);
  }

  /** @param {PointerEvent} event */
  hover(event) {
    if (this.held) this.moveTo(event);
    else if (event.pointerType === "mouse") this.showLens(event.clientX - this.left);
  }

  /** @param {PointerEvent} event */
  moveTo(event) {
    const share = (event.clientX - this.left - this.x0) / (this.x1 - this.x0);
    const day = Math.round(this.range[0] + share * (this.range[1] - this.range[0]));
    this.hooks.input(Math.max(this.data.first, Math.min(this.data.last, day)));
    this.showLens(this.x(this.day));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    this.element.classList.remove("pointed");
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const day = this.keyedDay(event);
    if (day === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (day !== undefined) {
      this.hooks.input(Math.max(this.data.first, Math.min(this.data.last, day)));
      this.hooks.rest();
    }
  }

  /** The day a key leads to; undefined where the key was a step, null where it is none of ours. @param {KeyboardEvent} event */
  keyedDay(event) {
    const forward = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (forward && event.shiftKey) return this.hooks.step(forward);
    if (forward) return this.day + forward;
    const years = { PageUp: 1, PageDown: -1 }[event.key];
    // A clicker sends Page keys; before the class they are its stops, elsewhere years.
    if (years && document.documentElement.dataset.mode === "present") return null;
    if (years) return sameDayIn(this.day, years);
    return { Home: this.data.first, End: this.data.last }[event.key] ?? null;
  }

  /** @param {number} day */
  x(day) {
    return this.x0 + ((day - this.range[0]) / (this.range[1] - this.range[0])) * (this.x1 - this.x0);
  }

  /** Draw everything that the day does not change. */
  build() {
    const box = this.element.getBoundingClientRect();
    // A frame that is not laid out yet has no width; the observer calls again when it has.
    if (box.width < NARROWEST) return;
    const style = getComputedStyle(this.element);
    const size = (/** @type {string} */ name) => parseFloat(style.getPropertyValue(name));
    this.left = box.left;
    this.lane = Math.min(size("--lane"), (5 * size("--lane")) / Math.max(1, this.data.phases.length));
    this.x0 = size("--gutter");
    this.x1 = box.width - size("--end");
    this.width = box.width;
    this.element.replaceChildren();
    const ground = this.sheet(box);
    this.lived = this.curtain(box);
    this.past = this.curtain(box);
    const top = this.sheet(box);
    this.defineHatch(ground);
    this.drawLanes(ground);
    this.drawStays(ground, top);
    this.drawAxis(ground, top, size("--axis-bar"), size("--axis-text"));
    this.drawHandle(size("--grip"));
    this.lensSheet = null;
    this.show(this.day, this.whole);
  }

  /** A drawing that fills the bar. @param {DOMRect} box @param {Element} [parent] */
  sheet(box, parent = this.element) {
    return svg("svg", { width: box.width, height: box.height, "aria-hidden": "true" }, parent);
  }

  /**
   * A drawing of which a window shows the part up to the day. Window and drawing only move
   * against each other, so that no day paints the stays anew.
   * @param {DOMRect} box
   */
  curtain(box) {
    const outer = document.createElement("div");
    outer.className = "curtain";
    this.element.append(outer);
    return { window: outer, drawing: this.sheet(box, outer) };
  }

  /** @param {{window: HTMLElement, drawing: SVGSVGElement} | undefined} curtain @param {number} x */
  draw(curtain, x) {
    if (!curtain) return;
    const rest = this.width - x;
    curtain.window.style.transform = `translateX(${(-rest).toFixed(1)}px)`;
    curtain.drawing.style.transform = `translateX(${rest.toFixed(1)}px)`;
  }

  /** @param {SVGSVGElement} root */
  defineHatch(root) {
    const definitions = svg("defs", {}, root);
    const hatch = svg("pattern", { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, definitions);
    svg("line", { class: "hatch-line", x1: 0, y1: 0, x2: 0, y2: 5 }, hatch);
  }

  /** @param {number} phase */
  laneY(phase) {
    return phase * this.lane + this.lane / 2;
  }

  get lanesHeight() {
    return this.lane * Math.max(1, this.data.phases.length);
  }

  /** @param {SVGSVGElement} root */
  drawLanes(root) {
    this.laneLabels = this.data.phases.map(({ name }, i) => {
      svg("line", { class: "lane-line", x1: this.x0, x2: this.x1, y1: this.laneY(i), y2: this.laneY(i) }, root);
      const label = svg("text", { class: "lane-label", x: this.x0 - 12, y: this.laneY(i) + 4, "text-anchor": "end" }, root);
      label.textContent = sentenceCase(name);
      return label;
    });
    for (const [from, to] of this.data.silences) {
      const width = Math.max(3, this.x(to) - this.x(from));
      svg("rect", { class: "silence", x: this.x(from), y: 0, width, height: this.lanesHeight }, root);
    }
  }

  /** @param {SVGSVGElement} root @param {SVGSVGElement} top */
  drawStays(root, top) {
    this.drawTies(root);
    const thick = Math.min(10, this.lane * 0.7);
    const at = (/** @type {PlaceData} */ place) => {
      const x = this.x(place.start ?? 0);
      return { x, y: this.laneY(place.phase) - thick / 2, width: Math.max(THINNEST, this.x(place.end ?? 0) - x - 1), height: thick };
    };
    const ahead = svg("g", { class: "stays ahead" }, root);
    const lived = svg("g", { class: "stays lived" }, this.lived?.drawing);
    for (const place of this.stays) {
      drawStay(ahead, at(place), place, this.data);
      drawStay(lived, at(place), place, this.data);
    }
    this.here = svg("rect", { class: "here", height: thick }, top);
    this.barOf = at;
  }

  /** Thin ties from lane to lane, where a stay follows one of another phase. @param {SVGSVGElement} root */
  drawTies(root) {
    let path = "";
    this.stays.slice(1).forEach((next, i) => {
      const stay = this.stays[i];
      if (stay.phase === next.phase) return;
      const [a, b] = [this.x(stay.end ?? 0), this.x(next.start ?? 0)];
      const [y, y1] = [this.laneY(stay.phase), this.laneY(next.phase)];
      path += `M${a.toFixed(1)} ${y}C${((a + b) / 2).toFixed(1)} ${y} ${((a + b) / 2).toFixed(1)} ${y1} ${b.toFixed(1)} ${y1}`;
    });
    svg("path", { class: "tie", d: path }, root);
  }

  /** @param {SVGSVGElement} root @param {SVGSVGElement} top @param {number} thick @param {number} text */
  drawAxis(root, top, thick, text) {
    const y = this.lanesHeight + 4;
    this.axisY = y + thick / 2;
    const [x, width] = [this.x(this.range[0]), this.x(this.range[1]) - this.x(this.range[0])];
    for (const name of ["axis", "axis lived"]) {
      const group = svg("g", { class: name }, name === "axis" ? root : this.past?.drawing);
      svg("rect", { class: "axis-box", x, y, width, height: thick }, group);
      svg("path", { class: "axis-tick", d: this.graduation(y + 1.5, thick - 3) }, group);
    }
    this.yearLabels = this.labelledYears().map((year) => this.drawYear(top, year, y + thick + text));
  }

  /** @param {number} y @param {number} thick */
  graduation(y, thick) {
    const years = this.years[1] - this.years[0];
    const step = years <= 150 ? 1 : Math.ceil(years / 75);
    let path = "";
    for (let year = this.years[0] + step; year < this.years[1]; year += 2 * step) {
      path += bar(this.x(dayOf(year)), y, this.x(dayOf(year + step)) - this.x(dayOf(year)), thick);
    }
    return path;
  }

  /** The ends and round years between, as many as there is room for. */
  labelledYears() {
    const [first, last] = [this.years[0], this.years[1] - 1];
    const room = (this.x1 - this.x0) / parseFloat(getComputedStyle(this.element).getPropertyValue("--year-room"));
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => (last - first) / size <= room) ?? 2000;
    const years = first === last ? [first] : [first, last];
    for (let year = Math.ceil((first + 1) / step) * step; year < last; year += step) {
      if (year - first > step / 2.2 && last - year > step / 2.2) years.push(year);
    }
    return years;
  }

  /** @param {SVGSVGElement} root @param {number} year @param {number} y */
  drawYear(root, year, y) {
    const end = year === this.years[0] || year === this.years[1] - 1;
    const edge = this.x0 < 60;
    const first = year === this.years[0];
    const anchor = !end || (!edge && !first) ? "middle" : first && edge ? "start" : "end";
    const x = first ? this.x0 - (edge ? 0 : 4) : end && edge ? this.x1 : this.x(dayOf(year));
    const label = svg("text", { class: `axis-year${end ? " end" : ""}`, x, y, "text-anchor": anchor }, root);
    label.textContent = String(year);
    return { label, x, end: end && !edge };
  }

  /** @param {number} grip scale of the grip */
  drawHandle(grip) {
    this.handle = svg("svg", { class: "handle", width: 1, height: 1 }, this.element);
    svg("line", { class: "handle-line", x1: 0, x2: 0, y1: -6, y2: this.lanesHeight + 8 }, this.handle);
    const at = svg("g", { transform: `translate(0 ${this.axisY}) scale(${grip})` }, this.handle);
    svg("path", { class: "handle-grip", d: "M0 -18L10 -8V12Q10 15 7 15H-7Q-10 15 -10 12V-8Z" }, at);
    svg("path", { class: "handle-rib", d: "M-3.5 -4V7M0 -4V7M3.5 -4V7" }, at);
  }

  /** The stays again, wide and named; only moved sideways afterwards. */
  drawLens() {
    this.lens.replaceChildren();
    const tall = 17;
    const width = (this.range[1] - this.range[0]) * LENS_PX;
    const root = svg("svg", { width, height: tall * this.data.phases.length + 18, "aria-hidden": "true" }, this.lens);
    const x = (/** @type {number} */ day) => (day - this.range[0]) * LENS_PX;
    this.stays.forEach((place) => {
      const [from, to] = [x(place.start ?? 0), x(place.end ?? 0)];
      const box = { x: from, y: place.phase * tall + 4, width: Math.max(THINNEST, to - from - 1), height: 10 };
      drawStay(svg("g", { class: "stays lived" }, root), box, place, this.data);
    });
    this.nameInLens(root, x, tall);
    for (let year = this.years[0]; year < this.years[1]; year += 1) {
      svg("line", { class: "lane-line", x1: x(dayOf(year)), x2: x(dayOf(year)), y1: 0, y2: tall * this.data.phases.length }, root);
      svg("text", { class: "axis-year", x: x(dayOf(year)) + 3, y: tall * this.data.phases.length + 13 }, root).textContent = String(year);
    }
    return root;
  }

  /** @param {SVGSVGElement} root @param {(day: number) => number} x @param {number} tall */
  nameInLens(root, x, tall) {
    /** @type {number[]} */
    const taken = [];
    for (const place of [...this.stays].reverse()) {
      const start = Math.max(x(place.end ?? 0), x(place.start ?? 0) + THINNEST) + 4;
      const room = (taken[place.phase] ?? Infinity) - start;
      taken[place.phase] = x(place.start ?? 0);
      if (room < place.place.length * 6.6) continue;
      svg("text", { class: "lens-name", x: start, y: place.phase * tall + 13 }, root).textContent = place.place;
    }
  }

  /** Show the lens over a place on the bar, in px from its left; null hides it. @param {number | null} at */
  showLens(at) {
    const day = at === null ? 0 : this.range[0] + ((at - this.x0) / (this.x1 - this.x0)) * (this.range[1] - this.range[0]);
    this.lens.hidden = at === null || this.stays.length < 2 || day < this.range[0] || day > this.range[1];
    if (at === null || this.lens.hidden) return;
    const sheet = (this.lensSheet ??= this.drawLens());
    const half = Math.min(LENS_WIDTH, this.left + this.x1) / 2;
    const shift = half - (day - this.range[0]) * LENS_PX;
    sheet.style.transform = `translateX(${shift.toFixed(1)}px)`;
    const place = Math.max(half, Math.min(this.left + this.x1 - half, this.left + at));
    this.lens.style.transform = `translateX(${(place - half).toFixed(1)}px)`;
  }

  /** @param {number} day @param {boolean} whole whether the journey has not begun */
  show(day, whole) {
    this.day = day;
    this.whole = whole;
    const x = this.x(day);
    this.draw(this.past, x);
    this.draw(this.lived, whole ? this.width : x);
    if (this.handle) this.handle.style.transform = `translateX(${x.toFixed(1)}px)`;
    for (const { label, x: own, end } of this.yearLabels ?? []) label.toggleAttribute("hidden", !end && Math.abs(own - x) < 27);
    this.element.setAttribute("aria-valuenow", String(day));
    this.element.setAttribute("aria-valuetext", this.hooks.sentence(day));
  }

  /** Mark the stay he is in. @param {PlaceData | null} place */
  mark(place) {
    if (this.marked === place) return;
    this.marked = place;
    this.here?.toggleAttribute("hidden", !place);
    this.laneLabels?.forEach((label, i) => label.classList.toggle("on", i === place?.phase));
    if (!place || !this.here || !this.barOf) return;
    const box = this.barOf(place);
    for (const [name, value] of Object.entries(box)) this.here.setAttribute(name, String(value));
  }
}

/**
 * A stay's bar in the colour and pattern of its phase.
 * @param {SVGGElement} parent @param {{x: number, y: number, width: number, height: number}} box
 * @param {PlaceData} place @param {JourneyData} data
 */
function drawStay(parent, box, place, data) {
  const told = place.references.length ? "" : " untold";
  const group = svg("g", { class: `stay phase-${place.phase % 5}${told}` }, parent);
  svg("rect", box, group);
  const pattern = stayPattern(box, place.phase, data.phases[place.phase]?.captive);
  if (pattern) svg("path", { class: "pattern", d: pattern }, group);
}

/** @param {{x: number, y: number, width: number, height: number}} box @param {number} phase @param {boolean} captive */
function stayPattern({ x, y, width, height }, phase, captive) {
  let path = "";
  if (captive) for (let at = x + 3; at < x + width - 1.5; at += 4) path += `M${at.toFixed(1)} ${y + 1.6}v${height - 3.2}`;
  else if (phase % 5 === 4 && width > 6) path = `M${x + 2} ${y + height / 2}h${width - 4}`;
  else if (phase % 5 === 2) for (let at = x + 6; at < x + width - 6; at += 16) path += `M${at.toFixed(1)} ${y + height / 2}h4`;
  return path;
}

/** @param {number} day @param {number} years */
function sameDayIn(day, years) {
  const when = dateOf(day);
  return dayOf(when.getUTCFullYear() + years, when.getUTCMonth(), when.getUTCDate());
}

/** @param {string} words */
function sentenceCase(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
