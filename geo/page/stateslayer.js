"use strict";

/** Part of the view's size that the sheet of states reaches beyond each edge. */
const SHEET_MARGIN = 0.08;

/** While the hand moves, states change at most this often, in ms. */
const STATES_PAUSE = 300;
/** While the hand moves, a new view is painted at this share of its sharpness, without ripples … */
const HASTE = 0.5;
/** … and in full when the day has stood still so long, in ms. */
const SHARPEN_PAUSE = 250;
/** A change at rest is a cross-fade of so many steps, each of a share and of so many ms. */
const FADE_STEPS = 5;
const FADE_SHARE = 0.35;
const FADE_MS = 30;

/** The states of the day, over the bare land; off where the borders of today are wanted. @type {MapLayer} */
const StatesLayer = L.Layer.extend({
  initialize(/** @type {PaintShop} */ shop, /** @type {number[]} */ changes, /** @type {() => void} */ painted) {
    this.shop = shop;
    this.painted = painted;
    /** Days on which anything changes hands, sorted. */
    this.changes = changes;
    this.on = true;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  },

  onAdd(/** @type {L.Map} */ map) {
    map.getPane("statesPane")?.classList.toggle("off", !this.on);
    return this;
  },

  getEvents() {
    return { moveend: this.follow, resize: this.redraw, zoomanim: this.glide, zoom: this.glide };
  },

  /** @param {boolean} on */
  turn(/** @type {boolean} */ on) {
    this.on = on;
    this._map.getPane("statesPane")?.classList.toggle("off", !on || this.veiled);
    if (on) this.redraw();
  },

  /** The whole journey at once has no day, hence no states. */
  veil(/** @type {boolean} */ whole) {
    if (this.veiled === whole) return;
    this.veiled = whole;
    if (!whole) this.redraw();
    this._map.getPane("statesPane")?.classList.toggle("off", whole || !this.on);
  },

  /** Show the states of a day; while the days pass, only as often as the painter can follow. */
  show(/** @type {number} */ day, /** @type {Pace} */ pace) {
    this.day = day;
    this.pace = pace;
    this.sharpenSoon();
    if (this.step === undefined) {
      this.step = Itinerary.lastUpTo(this.changes, day);
      this.redraw();
    } else if (pace === "rest") {
      window.clearTimeout(this.timer);
      this.timer = 0;
      this.send(!this.calm.matches);
    } else if (!this.timer) {
      this.timer = window.setTimeout(() => {
        this.timer = 0;
        this.send(false);
      }, STATES_PAUSE);
    }
  },

  /** Paint a hasty sheet in full once the hand stands still. */
  sharpenSoon() {
    window.clearTimeout(this.sharpenTimer);
    if (!this.hasty) return;
    this.sharpenTimer = window.setTimeout(() => {
      this.pace = "rest";
      this.redraw();
    }, SHARPEN_PAUSE);
  },

  /** Have what changed hands painted. */
  send(/** @type {boolean} */ fading) {
    const step = Itinerary.lastUpTo(this.changes, this.day);
    if (step === this.step || !this.on || this.veiled) return;
    this.step = step;
    this.fading = fading;
    this.shop.showDay(this.day);
  },

  /** The view has moved: a new sheet where it has left this one. */
  follow() {
    const { _map: map, sheet } = this;
    if (!sheet || map.getZoom() !== sheet.zoom) {
      this.redraw();
      return;
    }
    const corner = map.getPixelBounds().min.subtract([sheet.pane.left, sheet.pane.top]);
    const size = map.getSize();
    const covered = corner.x >= 0 && corner.y >= 0 && corner.x + size.x <= sheet.pane.width && corner.y + size.y <= sheet.pane.height;
    if (!covered) this.redraw();
  },

  redraw() {
    if (!this.on || this.veiled || this.day === undefined) return;
    this.step = Itinerary.lastUpTo(this.changes, this.day);
    const map = /** @type {L.Map} */ (this._map);
    const size = map.getSize();
    const margin = size.multiplyBy(SHEET_MARGIN).round();
    const bounds = /** @type {{min: L.Point}} */ (map.getPixelBounds());
    const corner = bounds.min.subtract(margin).floor();
    const zoom = map.getZoom();
    const manner = groundManner(zoom, "day");
    this.hasty = this.pace === "hand";
    if (this.hasty) Object.assign(manner, { ratio: manner.ratio * HASTE, ripples: [] });
    this.sharpenSoon();
    const pane = { ...manner, left: corner.x, top: corner.y, width: size.x + 2 * margin.x, height: size.y + 2 * margin.y };
    this.shop.openSheet(
      pane,
      this.day,
      (/** @type {CanvasImageSource} */ picture) => this.change(picture, pane, zoom),
      (/** @type {Patch} */ patch) => this.bring(patch, this.fading ? FADE_STEPS : 0),
    );
  },

  /** A new sheet has been painted: it takes the old one's place. */
  change(/** @type {CanvasImageSource} */ picture, /** @type {Pane} */ pane, /** @type {number} */ zoom) {
    if (!this._map) return;
    const canvas = document.createElement("canvas");
    canvas.className = "states leaflet-zoom-animated";
    canvas.width = pane.width * pane.ratio;
    canvas.height = pane.height * pane.ratio;
    canvas.style.width = `${pane.width}px`;
    canvas.style.height = `${pane.height}px`;
    const context = canvas.getContext("2d", { alpha: false });
    context?.drawImage(picture, 0, 0);
    this.sheet?.canvas.remove();
    this.sheet = { canvas, context, pane, zoom };
    this.glide({});
    this._map.getPane("statesPane")?.append(canvas);
    this.painted();
  },

  /** Put what changed hands in place, at once or over a few steps. */
  bring(/** @type {Patch} */ patch, /** @type {number} */ steps) {
    const { context } = this.sheet ?? {};
    if (!context) return;
    const { x, y, picture, from } = patch;
    context.globalAlpha = steps ? FADE_SHARE : 1;
    if (from) context.drawImage(picture, from.x, from.y, from.width, from.height, x, y, from.width, from.height);
    else context.drawImage(picture, x, y);
    if (steps) window.setTimeout(() => this.sheet?.context === context && this.bring(patch, steps - 1), FADE_MS);
  },

  glide(/** @type {{center?: L.LatLng, zoom?: number}} */ view) {
    if (!this.sheet) return;
    const map = this._map;
    const zoom = view.zoom ?? map.getZoom();
    const scale = map.getZoomScale(zoom, this.sheet.zoom);
    const origin = map._getNewPixelOrigin(view.center ?? map.getCenter(), zoom);
    const corner = L.point(this.sheet.pane.left, this.sheet.pane.top).multiplyBy(scale).subtract(origin);
    L.DomUtil.setTransform(this.sheet.canvas, corner, scale);
  },
});
