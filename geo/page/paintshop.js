"use strict";

/** Hands rectangles of ground to the painter, in a worker where the browser has one. */
class PaintShop {
  /** @param {string} basemap lakes and rivers, and @param {string} polities the land, both as JSON text */
  constructor(basemap, polities) {
    this.basemap = basemap;
    this.polities = polities;
    /** Orders not yet given to the worker, and the one it works on. @type {PaintOrder[]} */
    this.orders = [];
    /** How many sheets of states have been opened. */
    this.sheets = 0;
    /** What to do when the last of them has been painted. @type {((picture: CanvasImageSource) => void) | undefined} */
    this.sheetDone = undefined;
    /** @type {PaintOrder | null} */
    this.inHand = null;
    /** What to do once, when nothing is left to paint. @type {(() => void) | undefined} */
    this.idle = undefined;
    /** Where the browser can paint off the page. @type {Worker | undefined} */
    this.worker = undefined;
    /** Where it cannot. @type {Painter | undefined} */
    this.painter = typeof OffscreenCanvas === "undefined" ? new Painter(JSON.parse(basemap), JSON.parse(polities)) : undefined;
  }

  /**
   * Give the worker a task. It is hired with the land and its first task in its hands: what is
   * posted to a worker waits until the page has read all its scripts.
   * @param {object} task
   */
  give(task) {
    if (this.worker) {
      this.worker.postMessage(task);
      return;
    }
    const { basemap, polities } = this;
    const start = JSON.stringify({ basemap, polities, task });
    const source = `"use strict";${Arcs};${States};${StateSheet};${Painter};${PaintWorker};PaintWorker.serve(${start});`;
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.worker = new Worker(address);
    this.worker.onmessage = (message) => this.hear(message);
  }

  /**
   * Paint the ground of `pane` onto `canvas`, then call `done`; nothing is done once it is not `wanted`.
   * @param {HTMLCanvasElement} canvas @param {Pane} pane @param {() => void} done @param {() => boolean} wanted
   */
  paint(canvas, pane, done, wanted) {
    canvas.width = pane.width * pane.ratio;
    canvas.height = pane.height * pane.ratio;
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
    if (!this.painter) {
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
    if (!this.painter) {
      this.give({ sheet: { number: this.sheets, pane, day } });
    } else {
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
    if (!this.painter) {
      this.give({ day });
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

  /** Say whether anything is still being painted. */
  tellBusy() {
    const busy = Boolean(this.inHand) || this.orders.length > 0 || Boolean(this.sheetDone);
    document.querySelector(".map")?.setAttribute("aria-busy", String(busy));
    if (busy) return;
    this.idle?.();
    this.idle = undefined;
  }

  /** Give the worker the next order; those that nobody wants any more are void. */
  hand() {
    if (this.inHand) return;
    this.orders = this.orders.filter((order) => order.wanted());
    this.inHand = this.orders.shift() ?? null;
    this.tellBusy();
    if (this.inHand) this.give(this.inHand.task);
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
