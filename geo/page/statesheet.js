"use strict";

/**
 * The ground with the states of a day on one view of the map; a new day repaints only what
 * changed hands. It hides all below it, which spares the browser mixing two grounds.
 */
class StateSheet {
  /** @param {Painter} painter @param {OffscreenCanvas} canvas @param {Pane} pane @param {number} day */
  constructor(painter, canvas, pane, day) {
    this.painter = painter;
    this.pane = pane;
    /** Ends a cross-fade that is under way. */
    this.finish = () => {};
    canvas.width = pane.width * pane.ratio;
    canvas.height = pane.height * pane.ratio;
    this.context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
    this.dress = painter.states.dress(day);
    painter.paint(this.context, pane);
    this.paint(this.context, pane);
  }

  /** Paint the land as it is held; the sea around stays as it is. @param {OffscreenCanvasRenderingContext2D} context @param {Pane} pane */
  paint(context, pane) {
    this.painter.eachWorld(context, pane, (own) => {
      this.painter.states.paint(context, own, this.dress);
      this.painter.paintWaters(context, own);
    });
  }

  /** @param {number} day @param {boolean} fade whether the change is a short cross-fade */
  show(day, fade) {
    this.finish();
    const dress = this.painter.states.dress(day);
    const changed = this.painter.states.boxes.filter((_, piece) => dress[piece] !== this.dress[piece]);
    this.dress = dress;
    const parts = Arcs.joined(changed).map((box) => this.partAround(box)).filter((part) => part !== null);
    if (!parts.length) return;
    if (fade) this.fade(parts.map((part) => ({ part, patch: this.patch(part) })));
    else for (const part of parts) this.repaint(part);
  }

  /** Paint a part anew in its place. @param {Pane} part */
  repaint(part) {
    const { context, pane } = this;
    context.save();
    context.setTransform(pane.ratio, 0, 0, pane.ratio, -pane.left * pane.ratio, -pane.top * pane.ratio);
    context.beginPath();
    context.rect(part.left, part.top, part.width, part.height);
    context.clip();
    this.paint(context, { ...pane, clip: part });
    context.restore();
  }

  /** What a part is to become, on a canvas of its own. @param {Pane} part */
  patch(part) {
    const patch = Painter.canvas(part.width * part.ratio, part.height * part.ratio);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (patch.getContext("2d", { alpha: false }));
    const { x, y } = this.corner(part);
    context.drawImage(this.context.canvas, -x, -y);
    this.paint(context, part);
    return patch;
  }

  /** Corner of a part on the sheet's canvas, in its pixels. @param {Pane} part */
  corner(part) {
    const { pane } = this;
    return { x: (part.left - pane.left) * pane.ratio, y: (part.top - pane.top) * pane.ratio };
  }

  /** The part of the pane that shows a box of the world, a little grown. @param {Box} box @returns {Pane | null} */
  partAround(box) {
    const { pane } = this;
    const edge = 10;
    const wraps = pane.left < 0 || pane.left + pane.width > pane.scale;
    const left = wraps ? pane.left : Math.max(pane.left, Math.floor(box.west * pane.scale) - edge);
    const right = wraps ? pane.left + pane.width : Math.min(pane.left + pane.width, Math.ceil(box.east * pane.scale) + edge);
    const top = Math.max(pane.top, Math.floor(box.north * pane.scale) - edge);
    const bottom = Math.min(pane.top + pane.height, Math.ceil(box.south * pane.scale) + edge);
    return right > left && bottom > top ? { ...pane, left, top, width: right - left, height: bottom - top } : null;
  }

  /** Bring patches in over a few steps. @param {{part: Pane, patch: OffscreenCanvas}[]} patches */
  fade(patches) {
    const { context } = this;
    let steps = 5;
    const put = () => {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.globalAlpha = steps ? 0.35 : 1;
      for (const { part, patch } of patches) {
        const { x, y } = this.corner(part);
        context.drawImage(patch, x, y);
      }
      context.globalAlpha = 1;
      if (steps) timer = setTimeout(put, 30);
      else this.finish = () => {};
      steps -= 1;
    };
    let timer = setTimeout(put, 0);
    this.finish = () => {
      clearTimeout(timer);
      steps = 0;
      put();
    };
  }
}
