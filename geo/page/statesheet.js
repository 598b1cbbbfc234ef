"use strict";

/**
 * The ground with the states of a day, for one view of the map; a new day repaints only what
 * changed hands. It stands alone beside `Painter`, as part of the painter's worker.
 */
class StateSheet {
  /** @param {Painter} painter @param {Pane} pane @param {number} day */
  constructor(painter, pane, day) {
    this.painter = painter;
    this.pane = pane;
    this.canvas = Painter.canvas(pane.width * pane.ratio, pane.height * pane.ratio);
    this.context = /** @type {OffscreenCanvasRenderingContext2D} */ (this.canvas.getContext("2d", { alpha: false }));
    this.dress = painter.states.dress(day);
    painter.paint(this.context, pane);
    this.paint(pane);
  }

  /** Paint the land as it is held; the sea around stays as it is. @param {Pane} pane */
  paint(pane) {
    this.painter.eachWorld(this.context, pane, (own) => {
      this.painter.states.paint(this.context, own, this.dress);
      this.painter.paintWaters(this.context, own);
    });
  }

  /**
   * Show another day.
   * @param {number} day
   * @returns {PixelBox[]} the parts of the canvas that are new, in its pixels
   */
  show(day) {
    const dress = this.painter.states.dress(day);
    const changed = this.painter.states.boxes.filter((_, piece) => dress[piece] !== this.dress[piece]);
    this.dress = dress;
    const parts = Arcs.joined(changed).map((box) => this.partAround(box)).filter((part) => part !== null);
    for (const part of parts) this.repaint(part);
    const { left, top, ratio } = this.pane;
    return parts.map((part) => ({
      x: Math.floor((part.left - left) * ratio), y: Math.floor((part.top - top) * ratio),
      width: Math.ceil(part.width * ratio) + 1, height: Math.ceil(part.height * ratio) + 1,
    }));
  }

  /** Paint a part anew in its place. @param {{left: number, top: number, width: number, height: number}} part */
  repaint(part) {
    const { context, pane } = this;
    context.save();
    context.setTransform(pane.ratio, 0, 0, pane.ratio, -pane.left * pane.ratio, -pane.top * pane.ratio);
    context.beginPath();
    context.rect(part.left, part.top, part.width, part.height);
    context.clip();
    this.paint({ ...pane, clip: part });
    context.restore();
  }

  /** The part of the pane that shows a box of the world, a little grown; null where none does. @param {Box} box */
  partAround(box) {
    const { pane } = this;
    const edge = 10;
    const wraps = pane.left < 0 || pane.left + pane.width > pane.scale;
    const left = wraps ? pane.left : Math.max(pane.left, Math.floor(box.west * pane.scale) - edge);
    const right = wraps ? pane.left + pane.width : Math.min(pane.left + pane.width, Math.ceil(box.east * pane.scale) + edge);
    const top = Math.max(pane.top, Math.floor(box.north * pane.scale) - edge);
    const bottom = Math.min(pane.top + pane.height, Math.ceil(box.south * pane.scale) + edge);
    return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : null;
  }
}
