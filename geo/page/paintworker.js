"use strict";

/**
 * The painter's own worker: it answers each order with a picture. The class stands alone
 * beside `Painter` and `StateSheet`, as its source is sent there; it sees nothing of the page.
 */
class PaintWorker {
  /** @param {{basemap: string, polities: string}} land both as JSON text */
  constructor({ basemap, polities }) {
    this.painter = new Painter(JSON.parse(basemap), JSON.parse(polities));
    /** @type {StateSheet | undefined} */
    this.sheet = undefined;
    this.number = 0;
    /** Of several sheets or days that wait only the last is painted. @type {{sheet?: any, day?: number}} */
    this.waiting = {};
  }

  /** Do the first task, then what the page asks for. @param {{basemap: string, polities: string, task: object}} start */
  static serve({ task, ...land }) {
    const worker = new PaintWorker(land);
    onmessage = ({ data }) => worker.hear(data);
    worker.hear(task);
  }

  /** @param {any} order a sheet of states, a day for it, a pane of bare ground, or a shade */
  hear(order) {
    if (!order.sheet && order.day === undefined) {
      this.paint(order);
      return;
    }
    if (!this.waiting.sheet && this.waiting.day === undefined) setTimeout(() => this.catchUp(), 0);
    this.waiting = order.sheet ? { sheet: order.sheet } : { ...this.waiting, day: order.day };
  }

  async catchUp() {
    const { sheet: order, day } = this.waiting;
    this.waiting = {};
    if (order) {
      this.number = order.number;
      this.sheet = new StateSheet(this.painter, order.pane, day ?? order.day);
      PaintWorker.send({ sheet: this.number }, await createImageBitmap(this.sheet.canvas));
    } else if (this.sheet && day !== undefined) {
      const { sheet, number } = this;
      for (const { x, y, width, height } of sheet.show(day)) {
        PaintWorker.send({ patch: { number, x, y } }, await createImageBitmap(sheet.canvas, x, y, width, height));
      }
    }
  }

  /** @param {{pane?: Pane, shade?: Shade}} order */
  paint({ pane, shade }) {
    const { width, height, ratio } = pane ?? { .../** @type {Shade} */ (shade), ratio: 1 };
    const canvas = new OffscreenCanvas(width * ratio, height * ratio);
    const context = canvas.getContext("2d", { alpha: Boolean(shade) });
    if (!context) throw new TypeError("no 2d context");
    if (shade) Painter.shade(context, new OffscreenCanvas(1, 1), shade);
    else if (pane) this.painter.paint(context, pane);
    PaintWorker.send({}, canvas.transferToImageBitmap());
  }

  /** @param {object} message @param {ImageBitmap} picture */
  static send(message, picture) {
    postMessage({ ...message, picture }, { transfer: [picture] });
  }
}
