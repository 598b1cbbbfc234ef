"use strict";

/** Manner of each kind of label: size in px, style, letter spacing in em, distance from its mark. */
const LETTERING = {
  now: { size: 26, font: "700", spacing: 0, gap: 20 },
  stop: { size: 14.5, font: "400", spacing: 0, gap: 8 },
  way: { size: 13, font: "italic 400", spacing: 0, gap: 7 },
  area: { size: 20, font: "italic 400", spacing: 0.16, gap: 0 },
  mention: { size: 13, font: "italic 400", spacing: 0, gap: 10 },
  state: { size: 13, font: "400", spacing: 0.16, gap: 0 },
  water: { size: 13, font: "italic 400", spacing: 0.1, gap: 0 },
};
const WATER_SIZES = [0, 18, 15, 13, 12];
/** Zoom from which a water of each rank is named. */
const WATER_ZOOMS = [0, 1, 3, 3.4, 4.6];
/** Before the journey begins few places are named: those of a stay of so many days, … */
const WHOLE_DAYS = 60;
/** … and this far, in px, from any other that is. */
const WHOLE_GAP = 44;
/** How far, in px, an area's name may move from its place to find room. */
const AREA_SHIFTS = [[0, 0], [0, 40], [0, -40], [-90, 0], [90, 0], [-90, 50], [90, 50], [0, 90], [-150, 0], [-150, 90]];
/** Size at which words are measured, in px. */
const RULER_SIZE = 64;
/** Height of a line of type and of its part above the baseline, in em. */
const LINE = 1.2;
const ASCENT = 0.92;
/** Width of a letter of a state's name with its space, in em, and the smallest size written, in px. */
const STATE_PITCH = 0.95;
const SMALLEST_STATE = 8.5;
const LARGEST_STATE = 32;
/** A name of this size in px has room below it for what the state was, … */
const NOTED_STATE = 13;
/** … in type of this share of its own size and no smaller than this, as the style sheet has it. */
const STATE_NOTE = 0.55;
const SMALLEST_NOTE = 11;
/** Where along its land a state's name is tried, from the middle, as parts of the room to spare. */
const STATE_SHIFTS = [0, -0.1, 0.1, -0.2, 0.2, -0.28, 0.28, -0.36, 0.36, -0.43, 0.43];
/** … and how much smaller it may be to find room. */
const STATE_SCALES = [1, 0.8, 0.64];
/** Names that give way to the latest leg. */
const OFF_ROAD = new Set(["area", "water", "mention", "state"]);
/** More names than this on one view would be noise; the rest wait for a closer look. */
const MOST_LABELS = 160;
/** The most names that are tried for a place. */
const MOST_TRIED = 600;

/**
 * Names on the map, each where no other is: the higher rank is placed first, and what finds
 * no room is hidden.
 */
class Labels {
  /** @param {SVGGElement} group @param {JourneyData} data @param {Water[]} waters */
  constructor(group, data, waters) {
    this.group = group;
    this.data = data;
    this.waters = waters;
    this.legName = new LegName(group, data);
    /** @type {Map<string, SVGTextElement>} */
    this.elements = new Map();
    /** Widths of words, in em. @type {Map<string, number>} */
    this.widths = new Map();
    /** Which of the places around its mark each name took last. @type {Map<string, number>} */
    this.sides = new Map();
    this.ruler = document.createElement("canvas").getContext("2d");
    this.serif = getComputedStyle(document.documentElement).getPropertyValue("--serif");
  }

  /**
   * @param {any} road the road's layer @param {Moment} moment @param {LabelView} view
   */
  layout(road, moment, view) {
    const room = new Room(view);
    for (const spot of road.spots) room.keepClear(spot, spot.state);
    if (!view.whole) room.block(boxAround(road.at(moment.point), 15));
    if (!view.whole && moment.leg >= 0) room.keepOff(spaced(road.travelled(), 9));
    const wanted = this.wanted(road, moment, view);
    /** @type {Set<string>} */
    const placed = new Set();
    for (const label of wanted.slice(0, MOST_TRIED)) {
      if (placed.size >= MOST_LABELS) break;
      const spot = this.place(label, room);
      if (!spot) continue;
      if (view.whole && label.place) room.spread(label);
      placed.add(label.id);
      this.write(label, spot);
    }
    this.legName.layout(road, moment, view, room, this);
    for (const [id, element] of this.elements) {
      if (!placed.has(id) && element.getAttribute("class") !== "label off") element.setAttribute("class", "label off");
    }
  }

  /** Labels that would like to be seen, the most important first. @param {any} road @param {Moment} moment @param {LabelView} view @returns {Label[]} */
  wanted(road, moment, view) {
    const spots = /** @type {Spot[]} */ (road.spots).filter((spot) => spot.state !== "area" && !spot.hidden && view.near(spot));
    const labels = spots.map((spot) => this.ofSpot(spot, moment, view)).filter((label) => label !== null);
    const areas = view.areas
      .filter((area, i) => view.areas.findIndex((other) => other.place.place === area.place.place) === i)
      .map((area) => this.ofArea(road, area, view));
    const named = new Set(view.areas.map((area) => area.place.place));
    const waters = this.waters
      .filter((water) => view.zoom >= WATER_ZOOMS[water.rank] && !named.has(water.name))
      .map((water) => Labels.ofWater(road, water, view.lettering));
    const states = view.states.map((state) => Labels.ofState(road, state, view)).filter((label) => label !== null);
    return [...labels, ...areas, ...states, ...waters].sort((a, b) => b.weight - a.weight);
  }

  /** @param {Spot} spot @param {Moment} moment @param {LabelView} view @returns {Label | null} */
  ofSpot(spot, moment, view) {
    const { shown, state } = spot;
    const now = !view.whole && !moment.travelling && spot.places.includes(moment.node);
    const place = now ? moment.node : shown;
    const leg = this.data.legs[moment.leg];
    const onLeg = !view.whole && leg?.via.some((index) => this.data.places[index] === shown);
    if (!now && (state === "ahead" || (view.whole && state === "mention"))) return null;
    const manner = now ? "now" : state === "mention" ? "mention" : state === "way" ? "way" : "stop";
    const lived = spot.places.reduce((sum, place) => sum + (place.end ?? 0) - (place.start ?? 0), 0);
    if (view.whole && lived < WHOLE_DAYS) return null;
    const weight = now ? 1e9 : onLeg ? 1e7 : manner === "stop" ? 1e6 + lived : manner === "mention" ? 4e5 : 1e5;
    const note = manner === "mention" && shown.role === "unreached" ? "never reached" : "";
    return { id: spot.key, text: place.place, note, manner, x: spot.x, y: spot.y, weight, angle: 0, fixed: false, place, size: Labels.size(manner, view.lettering) };
  }

  /** The extent of an area on the map, in px; none where the data hold none. @param {any} road @param {PlaceData} place @returns {LabelBox | null} */
  extent(road, place) {
    const bounds = this.data.shapes[place.shape ?? ""]?.bounds;
    if (!bounds) return null;
    const [low, high] = [road.at([bounds[0], bounds[1]]), road.at([bounds[2], Math.max(bounds[1], bounds[3])])];
    return { left: low.x, top: high.y, right: high.x, bottom: low.y };
  }

  /** Where an area's name stands: its own point, or the middle of what can be seen of it. @param {any} road @param {PlaceData} place @param {LabelView} view */
  areaPoint(road, place, view) {
    const own = road.at([place.lat, place.lon]);
    const { left, top, right, bottom } = view.open;
    const extent = this.extent(road, place);
    const seen = own.x > left + 60 && own.x < right - 60 && own.y > top + 20 && own.y < bottom - 20;
    if (seen || !extent || place.kind === "country") return own;
    const [x0, x1] = [Math.max(left, extent.left), Math.min(right, extent.right)];
    const [y0, y1] = [Math.max(top, extent.top), Math.min(bottom, extent.bottom)];
    return x1 - x0 > 120 && y1 - y0 > 60 ? { x: (x0 + x1) / 2, y: (y0 + y1) / 2 } : own;
  }

  /** @param {any} road @param {AreaShown} area @param {LabelView} view @returns {Label} */
  ofArea(road, { place, manner, lettering }, view) {
    const mentioned = manner === "mention";
    const { x, y } = mentioned ? road.at([place.lat, place.lon]) : this.areaPoint(road, place, view);
    return {
      extent: this.extent(road, place),
      id: `area ${place.id}`, text: mentioned ? `◇ ${place.place}` : place.place, note: mentioned || view.whole ? "" : place.dates,
      manner: mentioned ? "mention" : "area", x, y, weight: mentioned ? 3e5 : 9e7, angle: 0, fixed: true, place, size: Labels.size(mentioned ? "mention" : "area", lettering),
    };
  }

  /** A state's name, as large as its land allows; too small a one is not written. @param {any} road @param {StateName} state @param {LabelView} view @returns {Label | null} */
  static ofState(road, { key, name, note, lat, lon, width, angle }, view) {
    const { x, y } = road.at([lat, lon]);
    const room = (width / 360) * 256 * 2 ** view.zoom;
    const called = Labels.called(name, note, room);
    const size = Math.min(LARGEST_STATE * view.lettering, room / (called.text.length * STATE_PITCH));
    if (size < SMALLEST_STATE) return null;
    return {
      id: `state ${key}`, text: called.text.toUpperCase(), note: called.note, manner: "state", x, y,
      weight: 5e5 + Math.min(4e5, room), angle, fixed: true, place: null, size, room,
    };
  }

  /** A name with a title gives it up to the note where there is little room: Finland, Grand Duchy. @param {string} name @param {string} note @param {number} room */
  static called(name, note, room) {
    const [, title, own] = /^(.+?) of (?:the )?(.+)$/.exec(name) ?? [];
    const roomy = room / (name.length * STATE_PITCH) >= NOTED_STATE;
    return own && !roomy ? { text: own, note: title } : { text: name, note };
  }

  /** @param {any} road @param {Water} water @param {number} lettering @returns {Label} */
  static ofWater(road, water, lettering) {
    const { x, y } = road.at([water.lat, water.lon]);
    return {
      id: `water ${water.name}`, text: water.name, note: "", manner: "water", x, y,
      weight: 100 - water.rank, angle: water.angle, fixed: true, place: null, size: WATER_SIZES[water.rank] * lettering,
    };
  }

  /** @param {keyof typeof LETTERING} manner @param {number} lettering */
  static size(manner, lettering) {
    return LETTERING[manner].size * lettering;
  }

  /** Width in px of words in a label's type. @param {Label} label @param {string} words @param {number} size */
  width(label, words, size) {
    return this.measure(label.manner, words, size);
  }

  /** @param {keyof typeof LETTERING} manner @param {string} words @param {number} size */
  measure(manner, words, size) {
    const { font, spacing } = LETTERING[manner];
    const key = `${font} ${words}`;
    let share = this.widths.get(key);
    if (share === undefined) {
      if (!this.ruler) return words.length * size * 0.6;
      // Type grows evenly, so one measuring serves every size.
      this.ruler.font = `${font} ${RULER_SIZE}px ${this.serif}`;
      share = this.ruler.measureText(words).width / RULER_SIZE;
      this.widths.set(key, share);
    }
    return (share + words.length * spacing) * size;
  }

  /** Find room for a label and take it. @param {Label} label @param {Room} room @returns {LabelSpot | null} */
  place(label, room) {
    if (label.place && room.crowded(label)) return null;
    const spots = label.manner === "state" ? this.inState(label) : this.spots(label);
    if (room.view.moving && label.manner === "state") spots.splice(3);
    // A name stays on the side where it was while there is room: names that hop distract.
    // But one that went without its note says it again as soon as it can.
    const before = spots[this.sides.get(label.id) ?? 0];
    const stays = before && (before.note ?? label.note) === label.note;
    for (const spot of stays ? [before, ...spots] : spots) {
      if (!room.free(spot.box, label.id) || (OFF_ROAD.has(label.manner) && room.onRoad(spot.box))) continue;
      room.block(spot.box);
      this.sides.set(label.id, spots.indexOf(spot));
      return spot;
    }
    return null;
  }

  /** Where a label may stand, the best first: an area's name may also stand elsewhere in it. @param {Label} label @returns {LabelSpot[]} */
  spots(label) {
    const wide = Math.max(this.width(label, label.text, label.size), this.width(label, label.note, label.size * 0.85));
    const tall = label.size * (label.note ? 2.15 : LINE);
    if (!label.fixed) return Labels.around(label, wide, tall);
    const shifts = label.manner === "area" ? AREA_SHIFTS : [[0, 0]];
    return shifts
      .map(([dx, dy]) => ({ ...label, x: label.x + dx, y: label.y + dy }))
      .filter(({ x, y }) => !label.extent || within({ x, y }, label.extent))
      .map((moved) => Labels.centred(moved, wide, tall));
  }

  /**
   * Where a state's name may stand: along its land, in a large one also beside that line; first
   * with its note, then without, then smaller. A small name never has one.
   * @param {Label} label @returns {LabelSpot[]}
   */
  inState(label) {
    const turn = (label.angle * Math.PI) / 180;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const sizes = STATE_SCALES.map((scale) => label.size * scale).filter((size) => size >= SMALLEST_STATE);
    const notes = label.note ? [label.note, ""] : [""];
    const manners = sizes.flatMap((size) => (size < NOTED_STATE ? [""] : notes).map((note) => ({ size, note })));
    return manners.flatMap(({ size, note }) => {
      const name = this.width(label, label.text, size);
      const wide = Math.max(name, this.width(label, note, Math.max(STATE_NOTE * size, SMALLEST_NOTE)));
      const tall = size * (note ? 2.15 : LINE);
      const spare = Math.max(0, (label.room ?? name) - name);
      const beside = (label.room ?? 0) > (4 * name * label.size) / size ? [0, -2.2, 2.2, -4.4, 4.4] : [0];
      return beside.flatMap((lines) => STATE_SHIFTS.map((part) => {
        const [along, across] = [spare * part, lines * size];
        const moved = { ...label, size, note, x: label.x + cos * along - sin * across, y: label.y + sin * along + cos * across };
        return { ...Labels.centred(moved, wide, tall), size, note };
      }));
    });
  }

  /** @param {Label} label @param {number} wide @param {number} tall @returns {LabelSpot} */
  static centred(label, wide, tall) {
    const turn = (label.angle * Math.PI) / 180;
    const halfX = (Math.abs(Math.cos(turn)) * wide + Math.abs(Math.sin(turn)) * tall) / 2;
    const halfY = (Math.abs(Math.sin(turn)) * wide + Math.abs(Math.cos(turn)) * tall) / 2;
    const box = { left: label.x - halfX, top: label.y - halfY, right: label.x + halfX, bottom: label.y + halfY };
    return { x: label.x, y: label.y + label.size * (label.note ? -0.1 : 0.33), anchor: "middle", box };
  }

  /** Places around a mark, the best first. @param {Label} label @param {number} wide @param {number} tall @returns {LabelSpot[]} */
  static around(label, wide, tall) {
    const { gap } = LETTERING[label.manner];
    const side = gap * 0.75;
    const rise = label.size * 0.34;
    const at = (/** @type {string} */ anchor, /** @type {number} */ x, /** @type {number} */ y) => {
      const left = anchor === "start" ? x : anchor === "end" ? x - wide : x - wide / 2;
      return { x, y, anchor, box: { left, top: y - label.size * ASCENT, right: left + wide, bottom: y - label.size * ASCENT + tall } };
    };
    const { x, y, size } = label;
    const extra = tall - size * LINE;
    return [
      at("start", x + gap, y + rise), at("end", x - gap, y + rise),
      at("start", x + side, y - side), at("start", x + side, y + side + size * 0.7),
      at("end", x - side, y - side), at("end", x - side, y + side + size * 0.7),
      at("middle", x, y - gap - 2 - extra), at("middle", x, y + gap + size * 0.8),
    ];
  }

  /** @param {Label} label @param {LabelSpot} spot */
  write(label, spot) {
    const element = this.elements.get(label.id) ?? this.add(label.id);
    const said = spot.note ?? label.note;
    const words = `${label.text}\n${said}`;
    const manner = `label ${label.manner}${label.place ? " known" : ""}`;
    const written = [words, manner, spot.x, spot.y, spot.anchor, spot.size ?? label.size].join();
    if (element.dataset.written === written && element.getAttribute("class") === manner) return;
    element.dataset.written = written;
    if (element.dataset.words !== words) {
      element.dataset.words = words;
      element.replaceChildren();
      svg("tspan", {}, element).textContent = label.text;
      if (said) svg("tspan", { class: "note", dy: "1.15em" }, element).textContent = said;
    }
    const [first, note] = element.children;
    note?.setAttribute("x", spot.x.toFixed(1));
    first.setAttribute("x", spot.x.toFixed(1));
    element.setAttribute("y", spot.y.toFixed(1));
    element.setAttribute("text-anchor", spot.anchor);
    element.setAttribute("font-size", (spot.size ?? label.size).toFixed(1));
    element.setAttribute("class", manner);
    if (!label.angle) element.removeAttribute("transform");
    else element.setAttribute("transform", `rotate(${label.angle} ${middle(spot.box)})`);
  }

  /** @param {string} id */
  add(id) {
    const element = svg("text", {}, this.group);
    this.elements.set(id, element);
    return element;
  }
}

/** The free room of a view while labels are placed. */
class Room {
  /** @param {LabelView} view */
  constructor(view) {
    this.view = view;
    /** @type {(LabelBox & {owner?: string})[]} */
    this.taken = [...view.furniture];
    /** @type {LabelBox[]} */
    this.road = [];
    /** @type {Point[]} */
    this.named = [];
  }

  /** @param {LabelBox & {owner?: string}} box */
  block(box) {
    this.taken.push(box);
  }

  /** Keep names off the marks of other places. @param {Spot} spot @param {string} state */
  keepClear(spot, state) {
    if (state === "area" || state === "ahead" || spot.hidden || !this.view.near(spot)) return;
    this.block({ ...boxAround(spot, state === "way" ? 2 : 5), owner: spot.key });
  }

  /** Name nothing else near this label's point. @param {Label} label */
  spread(label) {
    this.named.push(label);
  }

  /** @param {Point} point */
  crowded(point) {
    return this.named.some((other) => Math.hypot(other.x - point.x, other.y - point.y) < WHOLE_GAP);
  }

  /** Keep the names of areas and waters off a course. @param {Point[]} course */
  keepOff(course) {
    for (const point of course) if (this.view.near(point)) this.road.push(boxAround(point, 5));
  }

  /** @param {LabelBox} box */
  onRoad(box) {
    return this.road.some((other) => meet(box, other));
  }

  /** @param {LabelBox} box @param {string} owner whose own mark may be touched */
  free(box, owner) {
    const { left, top, right, bottom } = this.view.edges;
    if (box.left < left || box.right > right || box.top < top || box.bottom > bottom) return false;
    return this.taken.every((other) => other.owner === owner || !meet(box, other));
  }
}

/** Middle of a box, as in an SVG attribute. @param {LabelBox} box */
function middle({ left, top, right, bottom }) {
  return `${((left + right) / 2).toFixed(1)} ${((top + bottom) / 2).toFixed(1)}`;
}

/** @param {Point} point @param {LabelBox} box */
function within({ x, y }, box) {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** @param {LabelBox} a @param {LabelBox} b */
function meet(a, b) {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

/** @param {Point} point @param {number} reach @returns {LabelBox} */
function boxAround(point, reach) {
  return { left: point.x - reach, top: point.y - reach, right: point.x + reach, bottom: point.y + reach };
}
