"use strict";

/** Years after which a leg is drawn one step fainter. */
const FADING_YEARS = [2, 6, 14];
/** Radius of marks in px. */
const MARKS = { stay: 5, way: 2.4, ahead: 3.2, mention: 6.5 };
/** … and their factor on a phone: all of the road in view, or a part of it. */
const SMALL_MARKS = { whole: 0.68, part: 0.92 };
/** Pixels before the traveller at which arrows sit on the latest leg. */
const ARROWS = [74, 300, 620];

/** The journey on the map: legs, marks, the traveller; one SVG that Leaflet carries along. @type {MapLayer} */
const Road = L.Layer.extend({
  initialize(/** @type {JourneyData} */ data, /** @type {(place: PlaceData) => void} */ choose) {
    this.data = data;
    this.choose = choose;
    this.weight = 1;
    this.spots = gatherSpots(data);
    // Three sheets, so that a change of the road does not paint every name anew.
    this.sheets = ["lines", "traveller-sheet", "names"].map((name) =>
      svg("svg", { class: `road ${name} leaflet-zoom-animated`, "aria-hidden": "true" }),
    );
    const group = (/** @type {number} */ sheet, /** @type {string} */ name) => svg("g", { class: name }, this.sheets[sheet]);
    this.groups = {
      casings: group(0, "casings"), legs: group(0, "legs"), latest: group(0, "latest"),
      marks: group(0, "marks"), traveller: group(1, "traveller"), labels: group(2, "labels"),
    };
    this.legs = data.legs.map(() => ({
      casing: svg("path", { class: "casing" }, this.groups.casings),
      line: svg("path", { class: "leg" }, this.groups.legs),
      manner: "",
    }));
    this.ribbon = svg("path", { class: "ribbon" }, this.groups.latest);
    this.arrows = ARROWS.map(() => svg("path", { class: "arrow", d: "M-7 -6.5L7.5 0L-7 6.5L-3.6 0Z" }, this.groups.latest));
    this.spots.forEach((/** @type {Spot} */ spot) => this.addMark(spot));
    for (const [name, r] of /** @type {const} */ ([["halo", 26], ["gap", 13.5], ["ring", 13.5], ["dot", 7.5]])) {
      svg("circle", { class: `now-${name}`, r }, this.groups.traveller);
    }
  },

  addMark(/** @type {Spot} */ spot) {
    spot.mark = svg("path", { class: "mark" }, this.groups.marks);
    spot.mark.addEventListener("click", () => this.choose(spot.shown));
  },

  onAdd(/** @type {L.Map} */ map) {
    map.getPane("overlayPane")?.append(...this.sheets);
    this.project();
    return this;
  },

  getEvents() {
    return { viewreset: this.project, zoomend: this.project, zoom: this.glide, zoomanim: this.glide };
  },

  /** Lay every point out anew for the map's zoom. */
  project() {
    const map = /** @type {L.Map} */ (this._map);
    this.zoom = map.getZoom();
    this.origin = map.getPixelOrigin();
    this.transform(L.point(0, 0), 1);
    this.curves = this.data.legs.map((/** @type {LegData} */ leg) => leg.curve.map((point) => this.at(point)));
    this.curves.forEach((/** @type {Point[]} */ points, /** @type {number} */ i) => {
      const path = pathThrough(points, 256 * 2 ** this.zoom);
      this.legs[i].casing.setAttribute("d", path);
      this.legs[i].line.setAttribute("d", path);
    });
    this.spots.forEach((/** @type {Spot} */ spot) => {
      Object.assign(spot, this.at([spot.lat, spot.lon]));
      spot.mark?.setAttribute("transform", `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})`);
    });
    this.hideCrowdedMentions();
    if (this.moment) this.drawMoment();
  },

  /** A place only named gives way to a stay too near to be told apart. */
  hideCrowdedMentions() {
    const routed = this.spots.filter((/** @type {Spot} */ spot) => isRouted(spot));
    for (const spot of /** @type {Spot[]} */ (this.spots)) {
      if (isRouted(spot)) continue;
      spot.hidden = routed.some((/** @type {Spot} */ other) => Math.hypot(other.x - spot.x, other.y - spot.y) < 14);
      spot.mark?.toggleAttribute("hidden", spot.hidden);
    }
  },

  /** Point in this layer's pixels of [latitude, longitude], on the one world that is drawn. */
  at(/** @type {[number, number]} */ [lat, lon]) {
    return this._map.project([lat, onWorld(lon)], this.zoom).subtract(this.origin);
  },

  glide(/** @type {{center?: L.LatLng, zoom?: number}} */ view) {
    const map = /** @type {L.Map} */ (this._map);
    const center = view.center ?? map.getCenter();
    const zoom = view.zoom ?? map.getZoom();
    const scale = map.getZoomScale(zoom, this.zoom);
    // Leaflet's own layers use the same undocumented origin.
    const offset = this.origin.multiplyBy(scale).subtract(/** @type {any} */ (map)._getNewPixelOrigin(center, zoom));
    this.transform(offset, scale);
  },

  transform(/** @type {L.Point} */ offset, /** @type {number} */ scale) {
    for (const sheet of this.sheets) L.DomUtil.setTransform(sheet, offset, scale);
  },

  /**
   * Show the road on a day; `whole` shows all of it at once, as before the journey begins.
   * While the hand moves, legs already travelled do not fade: each would be painted anew.
   */
  show(/** @type {Moment} */ moment, /** @type {boolean} */ whole, /** @type {boolean} */ moving) {
    this.moment = moment;
    this.whole = whole;
    this.moving = moving;
    if (this._map) this.drawMoment();
  },

  drawMoment() {
    const { moment, whole } = this;
    this.data.legs.forEach((/** @type {LegData} */ leg, /** @type {number} */ i) => {
      this.dress(i, whole ? "all" : legManner(leg, i, moment));
    });
    this.drawLatest();
    this.spots.forEach((/** @type {Spot} */ spot) => dressSpot(spot, moment.day, whole, this.data));
    const { x, y } = this.at(moment.point);
    this.groups.traveller.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    this.groups.traveller.setAttribute("class", `traveller${moment.travelling ? " moving" : ""}`);
    this.groups.traveller.toggleAttribute("hidden", whole);
  },

  dress(/** @type {number} */ i, /** @type {string} */ manner) {
    const leg = this.legs[i];
    if (leg.manner === manner) return;
    if (this.moving && leg.manner.startsWith("past") && manner.startsWith("past")) return;
    leg.manner = manner;
    leg.line.setAttribute("class", `leg ${manner}`);
    leg.casing.setAttribute("class", `casing ${manner}`);
  },

  /** Draw the latest leg this many times as heavy, for a wall. */
  weigh(/** @type {number} */ weight) {
    this.weight = weight;
  },

  drawLatest() {
    const { moment, whole } = this;
    const points = whole || moment.leg < 0 ? [] : this.travelled();
    this.ribbon.setAttribute("d", ribbonThrough(points, 2 * this.weight, 4.4 * this.weight, 520));
    const spots = arrowSpots(points);
    this.arrows.forEach((/** @type {SVGPathElement} */ arrow, /** @type {number} */ i) => {
      arrow.toggleAttribute("hidden", !spots[i]);
      if (spots[i]) arrow.setAttribute("transform", spots[i]);
    });
  },

  /** Points of the latest leg on this side of the antimeridian, up to the traveller while under way. @returns {Point[]} */
  travelled() {
    const { leg, onLeg, reach, point } = this.moment;
    const curve = this.curves[leg];
    const points = onLeg ? [...curve.slice(0, Math.floor(reach) + 1), this.at(point)] : curve;
    let first = points.length - 1;
    while (first > 0 && !leaps(points[first - 1], points[first], 256 * 2 ** this.zoom)) first -= 1;
    return points.slice(first);
  },
});

/**
 * Places on the map: rows that share a point to about a kilometre share a mark.
 * @param {JourneyData} data @returns {Spot[]}
 */
function gatherSpots(data) {
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  for (const place of [...data.nodes, ...data.mentions].map((index) => data.places[index])) {
    const key = `${place.lat.toFixed(2)} ${place.lon.toFixed(2)}`;
    const spot = spots.get(key);
    if (spot) spot.places.push(place);
    else spots.set(key, { key, lat: place.lat, lon: place.lon, x: 0, y: 0, places: [place], shown: place, state: "", factor: 0, hidden: false, mark: null });
  }
  return [...spots.values()];
}

/** Whether a spot has a stay, not only a mention. @param {Spot} spot */
function isRouted(spot) {
  return spot.places.some((place) => place.phase >= 0);
}

/** Kinds that are drawn as areas, never as points. */
const AREA_KINDS = new Set(["region", "country", "sea"]);

/**
 * Give a spot the mark of its latest stay.
 * @param {Spot} spot @param {number} day @param {boolean} whole @param {JourneyData} data
 */
function dressSpot(spot, day, whole, data) {
  const small = window.innerWidth <= 640;
  const factor = !small ? 1 : whole ? SMALL_MARKS.whole : SMALL_MARKS.part;
  const routed = spot.places.filter((place) => place.phase >= 0);
  const begun = whole ? routed : routed.filter((place) => (place.start ?? 0) <= day);
  const stay = begun.filter((place) => place.number !== null).pop() ?? begun[begun.length - 1];
  spot.shown = stay ?? routed[0] ?? spot.places[0];
  const state = markState(spot, stay, routed.length > 0, whole, data);
  if (spot.state === state && spot.factor === factor) return;
  Object.assign(spot, { state, factor });
  spot.mark?.setAttribute("class", `mark ${state}`);
  spot.mark?.setAttribute("d", markShape(state, factor));
}

/** @param {Spot} spot @param {PlaceData | undefined} stay @param {boolean} routed @param {boolean} whole @param {JourneyData} data */
function markState(spot, stay, routed, whole, data) {
  if (AREA_KINDS.has(spot.shown.kind)) return "area";
  if (!routed) return "mention";
  if (!stay) return "ahead";
  if (stay.number === null) return whole ? "area" : "way";
  const captive = data.phases[stay.phase]?.captive ? " captive" : "";
  return `stay phase-${stay.phase % 5}${captive}`;
}

/** Outline of a mark around its point. @param {string} state @param {number} factor */
function markShape(state, factor) {
  if (state === "area") return "";
  if (state === "mention") return diamond(MARKS.mention * factor);
  const r = factor * (state === "way" ? MARKS.way : state === "ahead" ? MARKS.ahead : MARKS.stay);
  return state.endsWith("captive") ? square(r * 0.92) : disc(r);
}

const disc = (/** @type {number} */ r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
const square = (/** @type {number} */ r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`;
const diamond = (/** @type {number} */ r) => `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`;

/** How a leg is drawn on a day. @param {LegData} leg @param {number} i @param {Moment} moment */
function legManner(leg, i, moment) {
  if (i > moment.leg || (i === moment.leg && moment.onLeg)) return "ahead";
  if (i === moment.leg) return "latest";
  const years = (moment.day - leg.days[leg.days.length - 1]) / 365.25;
  return `past age-${FADING_YEARS.filter((limit) => years > limit).length}`;
}

/** Places and directions of the arrows, counted back from the end. @param {Point[]} points */
function arrowSpots(points) {
  const spots = [];
  let behind = 0;
  let wanted = 0;
  for (let i = points.length - 1; i > 0 && wanted < ARROWS.length; i -= 1) {
    const [head, tail] = [points[i], points[i - 1]];
    const length = Math.hypot(head.x - tail.x, head.y - tail.y);
    while (wanted < ARROWS.length && behind + length >= ARROWS[wanted]) {
      const part = (ARROWS[wanted] - behind) / length;
      const x = head.x + (tail.x - head.x) * part;
      const y = head.y + (tail.y - head.y) * part;
      const turn = (Math.atan2(head.y - tail.y, head.x - tail.x) * 180) / Math.PI;
      spots.push(`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`);
      wanted += 1;
    }
    behind += length;
  }
  return spots;
}
