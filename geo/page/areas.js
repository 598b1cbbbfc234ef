"use strict";

/** Part of the view's size that the shading reaches beyond each edge. */
const SHADE_MARGIN = 0.15;

/** Colour and weight of an area's stipple: a country is only lit, a region carries the sense.
 * @type {Record<string, [string, number]>}
 */
const AREA_INKS = { region: ["--ph-captive", 1], country: ["--ph-captive", 0.45], mention: ["--mention", 0.8] };

/** Regions and countries on the map: a stipple with a soft edge, for what has no exact point. @type {MapLayer} */
const Areas = L.Layer.extend({
  initialize(/** @type {PaintShop} */ shop, /** @type {JourneyData} */ data) {
    this.shop = shop;
    this.shapes = data.shapes;
    /** @type {AreaShown[]} */
    this.shown = [];
    /** @type {Map<string, HTMLCanvasElement>} */
    this.drawn = new Map();
    this.inks = areaInks();
    this.group = document.createElement("div");
    this.group.className = "areas";
  },

  onAdd(/** @type {L.Map} */ map) {
    map.getPane("shadePane")?.append(this.group);
    this.draw();
    return this;
  },

  getEvents() {
    return { moveend: this.redraw, resize: this.redraw, zoomstart: this.hide };
  },

  hide() {
    this.group.classList.add("stale");
  },

  /** Show these areas and no others. */
  show(/** @type {AreaShown[]} */ areas) {
    this.shown = areas.filter((area, i) => areas.findIndex((other) => sameArea(other, area)) === i);
    if (this._map) this.draw();
  },

  /** Draw anew for another view of the map, or in other colours. */
  redraw() {
    this.drawn.clear();
    this.inks = areaInks();
    this.group.replaceChildren();
    this.group.classList.remove("stale");
    this.draw();
  },

  draw() {
    for (const area of this.shown) if (!this.drawn.has(areaKey(area))) this.add(area);
    const keys = new Set(this.shown.map(areaKey));
    for (const [key, canvas] of this.drawn) canvas.hidden = !keys.has(key);
  },

  add(/** @type {AreaShown} */ area) {
    const canvas = document.createElement("canvas");
    this.drawn.set(areaKey(area), canvas);
    const shade = this.shade(area);
    if (!shade) return;
    L.DomUtil.setPosition(canvas, L.point(shade.left, shade.top));
    // A shade that comes when the view is already another is not wanted any more.
    const wanted = () => this.drawn.get(areaKey(area)) === canvas;
    this.shop.shade(canvas, shade, () => wanted() && this.group.append(canvas), wanted);
  },

  /** What the painter needs to shade an area in this view; null where none of it is in view. */
  shade(/** @type {AreaShown} */ { place, manner }) {
    const shape = this.shapes[place.shape ?? ""];
    const rings = shape?.polygons.length ? shape.polygons : [ringAround(shape?.bounds ?? aroundPoint(place))];
    const points = rings.map((/** @type {[number, number][]} */ ring) =>
      ring.map(([lon, lat]) => this._map.latLngToLayerPoint([lat, lon])),
    );
    const box = this.seen(points.flat());
    if (box.right <= box.left || box.bottom <= box.top) return null;
    const [token, weight] = AREA_INKS[manner];
    return {
      left: box.left, top: box.top, width: Math.ceil(box.right - box.left), height: Math.ceil(box.bottom - box.top),
      rings: points.map((/** @type {L.Point[]} */ ring) => ring.map(({ x, y }) => [x - box.left, y - box.top])),
      colour: this.inks[token],
      weight,
    };
  },

  /** The part of a shape's extent that is in view, with room for its soft edge. */
  seen(/** @type {L.Point[]} */ points) {
    const size = this._map.getSize();
    const margin = size.multiplyBy(SHADE_MARGIN);
    const low = this._map.containerPointToLayerPoint([-margin.x, -margin.y]);
    const high = this._map.containerPointToLayerPoint(size.add(margin));
    const extent = L.bounds(points);
    const { min, max } = /** @type {{min: L.Point, max: L.Point}} */ (extent);
    return {
      left: Math.round(Math.max(low.x, min.x - 70)), top: Math.round(Math.max(low.y, min.y - 70)),
      right: Math.min(high.x, max.x + 70), bottom: Math.min(high.y, max.y + 70),
    };
  },
});

/** The colours of areas, read once a view: reading style on every day would lay the page out. */
function areaInks() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(Object.values(AREA_INKS).map(([token]) => [token, style.getPropertyValue(token).trim()]));
}

/** @param {AreaShown} area */
function areaKey({ place, manner }) {
  return `${manner} ${place.shape ?? place.id}`;
}

/** Whether two areas would be drawn twice over. @param {AreaShown} a @param {AreaShown} b */
function sameArea(a, b) {
  return areaKey(a) === areaKey(b);
}

/** An extent of about 300 km for an area whose own is unknown. @param {PlaceData} place */
function aroundPoint(place) {
  const wide = 1.5 / Math.max(0.2, Math.cos((place.lat * Math.PI) / 180));
  return [place.lat - 1.5, place.lon - wide, place.lat + 1.5, place.lon + wide];
}

/** An ellipse in [longitude, latitude] within an extent. @param {number[]} bounds south, west, north, east */
function ringAround([south, west, north, east]) {
  return Array.from({ length: 48 }, (_, i) => {
    const turn = (i / 24) * Math.PI;
    return /** @type {[number, number]} */ ([
      (west + east) / 2 + (Math.cos(turn) * (east - west)) / 2,
      (south + north) / 2 + (Math.sin(turn) * (north - south)) / 2,
    ]);
  });
}
