"use strict";

/** Hands rectangles of ground to the painter, in a worker where the browser has one. */
class PaintShop {
  /** @param {string} basemap lakes and rivers, and @param {string} polities the land, both as JSON text */
  constructor(basemap, polities) {
    /** Orders not yet given to the worker, and the one it works on. @type {PaintOrder[]} */
    this.orders = [];
    /** How many sheets of states have been opened. */
    this.sheets = 0;
    /** What to do when the last of them has been painted. @type {((picture: CanvasImageSource) => void) | undefined} */
    this.sheetDone = undefined;
    /** @type {PaintOrder | null} */
    this.inHand = null;
    try {
      this.worker = PaintShop.hire();
      this.worker.onmessage = (message) => this.hear(message);
      this.worker.postMessage({ basemap, polities });
    } catch {
      // A browser without workers or OffscreenCanvas paints on the page itself.
      this.painter = new Painter(JSON.parse(basemap), JSON.parse(polities));
    }
  }

  /** @returns {Worker} */
  static hire() {
    if (typeof OffscreenCanvas === "undefined") throw new TypeError("no OffscreenCanvas");
    const source = `"use strict";${Arcs};${States};${StateSheet};${Painter};(${servePainter})();`;
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    return new Worker(address);
  }

  /**
   * Paint the ground of `pane` onto `canvas`, then call `done`.
   * @param {HTMLCanvasElement} canvas @param {Pane} pane @param {() => void} done
   */
  paint(canvas, pane, done) {
    canvas.width = pane.width * pane.ratio;
    canvas.height = pane.height * pane.ratio;
    // Leaflet has put a tile on the page by the time its order is handed on, unless it has dropped it.
    const wanted = () => canvas.isConnected;
    this.place(canvas, { pane }, done, wanted, (context) => this.painter?.paint(context, pane));
  }

  /**
   * Shade an area onto `canvas`, then call `done`; nothing is done once it is not `wanted`.
   * @param {HTMLCanvasElement} canvas @param {Shade} shade @param {() => void} done @param {() => boolean} wanted
   */
  shade(canvas, shade, done, wanted) {
    canvas.width = shade.width;
    canvas.height = shade.height;
    this.place(canvas, { shade }, done, wanted, (context) => Painter.shade(context, document.createElement("canvas"), shade));
  }

  /**
   * @param {HTMLCanvasElement} canvas @param {object} task for the worker
   * @param {() => void} done @param {() => boolean} wanted
   * @param {(context: CanvasRenderingContext2D) => void} here the same task on this page
   */
  place(canvas, task, done, wanted, here) {
    if (this.worker && !this.painter) {
      this.orders.push({ canvas, task, done, wanted });
      queueMicrotask(() => this.hand());
      return;
    }
    requestAnimationFrame(() => {
      const context = canvas.getContext("2d");
      if (context) here(context);
      done();
    });
  }

  /**
   * Paint the states of a day; `done` gets the picture. From then on `showDay` tells `patched`
   * what is new on it.
   * @param {Pane} pane @param {number} day
   * @param {(picture: CanvasImageSource) => void} done
   * @param {(patch: Patch) => void} patched
   */
  openSheet(pane, day, done, patched) {
    this.sheetDone = done;
    this.patched = patched;
    this.sheets += 1;
    this.tellBusy();
    if (this.worker && !this.painter) {
      this.worker.postMessage({ sheet: { number: this.sheets, pane, day } });
    } else if (this.painter) {
      this.ownSheet = new StateSheet(this.painter, pane, day);
      requestAnimationFrame(() => this.sheetPainted(this.sheets, /** @type {StateSheet} */ (this.ownSheet).canvas));
    }
  }

  /** @param {number} number of the sheet that has been painted; only the last one counts @param {CanvasImageSource} picture */
  sheetPainted(number, picture) {
    if (number !== this.sheets) return;
    this.sheetDone?.(picture);
    this.sheetDone = undefined;
    this.tellBusy();
  }

  /** Show another day on the sheet last opened. @param {number} day */
  showDay(day) {
    if (this.worker && !this.painter) {
      this.worker.postMessage({ day });
      return;
    }
    for (const box of this.ownSheet?.show(day) ?? []) {
      this.patched?.({ ...box, picture: /** @type {StateSheet} */ (this.ownSheet).canvas, from: box });
    }
  }

  /** @param {{data: any}} message of the worker */
  hear({ data }) {
    if (data.sheet) this.sheetPainted(data.sheet, data.picture);
    else if (data.patch?.number === this.sheets) this.patched?.({ ...data.patch, picture: data.picture });
    else if (data.patch) data.picture.close();
    else this.deliver(data.picture);
  }

  /** Say on the page whether anything is still being painted. */
  tellBusy() {
    const busy = Boolean(this.inHand) || this.orders.length > 0 || Boolean(this.sheetDone);
    document.querySelector(".map")?.setAttribute("aria-busy", String(busy));
  }

  /** Give the worker the next order; those that nobody wants any more are void. */
  hand() {
    if (this.inHand) return;
    this.orders = this.orders.filter((order) => order.wanted());
    this.inHand = this.orders.shift() ?? null;
    this.tellBusy();
    if (this.inHand) this.worker?.postMessage(this.inHand.task);
  }

  /** @param {ImageBitmap} picture */
  deliver(picture) {
    const order = this.inHand;
    this.inHand = null;
    if (order) {
      order.canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(picture);
      order.done();
    }
    this.hand();
  }
}

/** The worker's own life; its text is sent there, so it sees nothing of this page. */
function servePainter() {
  /** @type {Painter} */
  let painter;
  /** @type {StateSheet | undefined} */
  let sheet;
  let number = 0;
  /** Of several sheets or days that wait only the last is painted. @type {{sheet?: any, day?: number}} */
  let waiting = {};

  const send = (/** @type {object} */ message, /** @type {ImageBitmap} */ picture) =>
    postMessage({ ...message, picture }, { transfer: [picture] });

  const catchUp = async () => {
    const { sheet: order, day } = waiting;
    waiting = {};
    if (order) {
      number = order.number;
      sheet = new StateSheet(painter, order.pane, day ?? order.day);
      send({ sheet: number }, await createImageBitmap(sheet.canvas));
    } else if (sheet && day !== undefined) {
      const of = number;
      for (const { x, y, width, height } of sheet.show(day)) {
        send({ patch: { number: of, x, y } }, await createImageBitmap(sheet.canvas, x, y, width, height));
      }
    }
  };

  const paint = (/** @type {{pane?: Pane, shade?: Shade}} */ { pane, shade }) => {
    const { width, height, ratio } = pane ?? { .../** @type {Shade} */ (shade), ratio: 1 };
    const canvas = new OffscreenCanvas(width * ratio, height * ratio);
    const context = canvas.getContext("2d", { alpha: Boolean(shade) });
    if (!context) throw new TypeError("no 2d context");
    if (shade) Painter.shade(context, new OffscreenCanvas(1, 1), shade);
    else if (pane) painter.paint(context, pane);
    send({}, canvas.transferToImageBitmap());
  };

  onmessage = ({ data }) => {
    if (data.basemap) {
      painter = new Painter(JSON.parse(data.basemap), JSON.parse(data.polities));
    } else if (data.sheet || data.day !== undefined) {
      if (!waiting.sheet && waiting.day === undefined) setTimeout(catchUp, 0);
      waiting = data.sheet ? { sheet: data.sheet } : { ...waiting, day: data.day };
    } else {
      paint(data);
    }
  };
}

/** The plate's colours for the painter, read from the style sheet. @returns {Ink} */
function groundInk() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    sea: read("--sea"),
    ripple: read("--sea-line"),
    river: read("--river"),
    coast: read("--coast"),
    land: read("--land"),
    border: read("--border"),
    grid: read("--grid"),
    tints: [read("--land"), ...[1, 2, 3, 4, 5, 6].map((tint) => read(`--tint-${tint}`))],
    bands: ["", ...[1, 2, 3, 4, 5, 6].map((tint) => read(`--band-${tint}`))],
  };
}

/** Ripples off the coast, [outer, inner] widths in px, wide where the map is large. */
const RIPPLES = {
  wide: [[26, 24.9], [16.5, 15.3], [8, 6.7]],
  narrow: [[12, 10.8], [6, 4.8]],
};

/** How the ground is drawn at a zoom. @param {number} zoom @param {Borders} borders @returns {Omit<Pane, "left" | "top" | "width" | "height">} */
function groundManner(zoom, borders) {
  return {
    scale: 256 * 2 ** zoom,
    ratio: Math.min(2, window.devicePixelRatio || 1),
    ripples: zoom < 3.6 ? RIPPLES.narrow : RIPPLES.wide,
    detail: Math.round(zoom + 1),
    degrees: zoom < 2 ? 20 : 10,
    ink: groundInk(),
    borders,
  };
}

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
    this.shop.paint(canvas, pane, () => done(null, canvas));
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

/** The whole world once, coarse and always there, so that no movement uncovers blank sea. @type {MapLayer} */
const GroundSheet = L.Layer.extend({
  initialize(/** @type {PaintShop} */ shop) {
    this.shop = shop;
    this.zoom = 3;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "sheet leaflet-zoom-animated";
  },

  onAdd(/** @type {L.Map} */ map) {
    map.getPane("tilePane")?.prepend(this.canvas);
    this.repaint();
    this.place();
    return this;
  },

  getEvents() {
    return { viewreset: this.place, zoom: this.place, zoomanim: this.glide };
  },

  repaint() {
    const size = 256 * 2 ** this.zoom;
    const manner = groundManner(this.zoom, "none");
    this.shop.paint(
      this.canvas,
      { ...manner, ratio: 1, left: 0, top: 0, width: size, height: size },
      () => this.canvas.classList.add("painted"),
    );
  },

  place() {
    this.glide({ center: this._map.getCenter(), zoom: this._map.getZoom() });
  },

  glide(/** @type {{center: L.LatLng, zoom: number}} */ view) {
    const scale = this._map.getZoomScale(view.zoom, this.zoom);
    const origin = this._map._getNewPixelOrigin(view.center, view.zoom);
    L.DomUtil.setTransform(this.canvas, L.point(0, 0).subtract(origin), scale);
  },
});
