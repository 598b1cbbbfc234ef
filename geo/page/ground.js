"use strict";

/**
 * The ground as tiles that keep the map's exact zoom, halves and quarters included, so that
 * lines stay as fine as they were drawn.
 * @type {MapLayer}
 */
const GroundTiles = L.GridLayer.extend({
  options: { tileSize: 512, updateWhenZooming: false, keepBuffer: 1, className: "ground", updateInterval: 60 },

  initialize(/** @type {PaintShop} */ shop, /** @type {object} */ options) {
    this.shop = shop;
    /** @type {Borders} */
    this.borders = "day";
    L.Util.setOptions(this, options);
  },

  createTile(/** @type {L.Coords} */ coords, /** @type {(error: null, tile: HTMLElement) => void} */ done) {
    const canvas = document.createElement("canvas");
    const { x: width, y: height } = this.getTileSize();
    const pane = {
      ...groundManner(coords.z, this.borders),
      left: coords.x * width,
      top: coords.y * height,
      width,
      height,
    };
    // Leaflet has put a tile on the page by the time its order is handed on, unless it has dropped it.
    this.shop.paint(canvas, pane, () => done(null, canvas), () => canvas.isConnected);
    return canvas;
  },

  // Leaflet rounds a grid's zoom; ours is the map's own. Otherwise as in Leaflet 1.9.4.
  _setView(/** @type {L.LatLng} */ center, /** @type {number} */ zoom, /** @type {boolean} */ noPrune, /** @type {boolean} */ noUpdate) {
    const changed = zoom !== this._tileZoom && !noUpdate;
    if (changed) {
      this._tileZoom = zoom;
      if (this._abortLoading) this._abortLoading();
      this._updateLevels();
      this._resetGrid();
      this._update(center);
      if (!noPrune) this._pruneTiles();
      this._noPrune = Boolean(noPrune);
    }
    this._setZoomTransforms(center, zoom);
  },
});

/** The sheet of the whole world, below all else. @type {MapLayer} */
const GroundSheet = L.Layer.extend({
  initialize(/** @type {WorldSheet} */ sheet) {
    this.sheet = sheet;
  },

  onAdd(/** @type {L.Map} */ map) {
    map.getPane("tilePane")?.prepend(this.sheet.canvas);
    this.sheet.changed = () => this.place();
    this.place();
    return this;
  },

  getEvents() {
    return { viewreset: this.place, zoom: this.place, zoomanim: this.glide };
  },

  repaint() {
    this.sheet.paint();
  },

  place() {
    this.glide({ center: this._map.getCenter(), zoom: this._map.getZoom() });
  },

  glide(/** @type {{center: L.LatLng, zoom: number}} */ view) {
    const scale = this._map.getZoomScale(view.zoom, this.sheet.zoom);
    const origin = this._map._getNewPixelOrigin(view.center, view.zoom);
    L.DomUtil.setTransform(this.sheet.canvas, L.point(0, 0).subtract(origin), scale);
  },
});
