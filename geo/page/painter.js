"use strict";

/** @typedef {OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D} Context */

/**
 * Draws the plate's ground: sea, ripples, land and waters, and on it the states of a day.
 *
 * The class stands alone: its source is also the source of a worker, so that no frame of
 * the page waits for the coastline. It needs `Arcs` beside it.
 */
class Painter {
  /**
   * @param {Basemap} basemap lakes and rivers, as the document holds them
   * @param {Polities} polities land in pieces that change hands together
   */
  constructor(basemap, polities) {
    this.water = new Arcs(basemap);
    this.lakes = basemap.objects.lakes.geometries.map((geometry) => this.water.shapes(geometry));
    this.rivers = basemap.objects.rivers.geometries.map((geometry) => this.water.line(geometry));
    this.ground = new Arcs(polities);
    this.states = new States(polities, this.ground);
    const seams = new Set(polities.seams);
    const { owners } = this.states;
    const indexes = [...owners.keys()].filter((index) => !seams.has(index));
    this.coast = indexes.filter((index) => owners.get(index)?.length === 1);
    this.modern = indexes.filter((index) => this.states.partsCountries(index));
  }

  /**
   * Paint one rectangle of sea and bare land.
   * @param {Context} context
   * @param {Pane} pane
   */
  paint(context, pane) {
    const { left, top, width, height, ratio, ink } = pane;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = ink.sea;
    context.fillRect(0, 0, width, height);
    this.eachWorld(context, pane, (own) => this.paintGround(context, own));
    context.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
    Painter.stroke(context, Painter.graticule(pane), ink.grid, 0.5, 0.45);
  }

  /**
   * Call for each copy of the world that a pane shows, with the pane in that copy's pixels.
   * @param {Context} context @param {Pane} pane @param {(pane: Pane & {view: Box}) => void} draw
   */
  eachWorld(context, pane, draw) {
    const { left, top, width, height, scale, ratio } = pane;
    for (let copy = Math.floor(left / scale); copy <= Math.floor((left + width) / scale); copy += 1) {
      const own = left - copy * scale;
      context.setTransform(ratio, 0, 0, ratio, -own * ratio, -top * ratio);
      context.lineJoin = "round";
      context.lineCap = "round";
      const { clip } = pane;
      const shown = clip ? { ...clip, left: clip.left - copy * scale } : { left: own, top, width, height };
      const view = Arcs.grown(
        { west: shown.left / scale, north: shown.top / scale, east: (shown.left + shown.width) / scale, south: (shown.top + shown.height) / scale },
        2 / scale,
      );
      draw({ ...pane, left: own, view });
    }
  }

  /** @param {Context} context @param {Pane & {view: Box}} pane */
  paintGround(context, pane) {
    const { scale, ink, view } = pane;
    const far = Arcs.grown(view, 15 / scale);
    const ripples = this.ground.path(Painter.lines(this.ground.within(this.coast, far)), 3.5 / scale, scale);
    for (const [outer, inner] of pane.ripples) {
      Painter.stroke(context, ripples, ink.ripple, outer);
      Painter.stroke(context, ripples, ink.sea, inner);
    }
    context.fillStyle = ink.land;
    for (const shapes of this.states.shapes) {
      context.fill(this.ground.fill(shapes, view, 0.6 / scale, scale), "evenodd");
    }
    if (pane.borders === "modern") {
      const path = this.ground.path(Painter.lines(this.ground.within(this.modern, view)), 0.6 / scale, scale);
      Painter.dashed(context, path, ink.border, 0.55);
    }
    this.paintWaters(context, pane);
  }

  /** Rivers, lakes and the coast, which lie over whatever colours the land. @param {Context} context @param {Pane & {view: Box}} pane */
  paintWaters(context, pane) {
    const { scale, ink, view } = pane;
    const fine = 0.6 / scale;
    const rivers = new Path2D();
    for (const river of this.rivers) {
      if (river.rank <= pane.detail && Arcs.meets(river.box, view)) {
        rivers.addPath(this.water.path(river.rings, fine, scale));
      }
    }
    Painter.stroke(context, rivers, ink.river, 0.6);
    context.fillStyle = ink.sea;
    for (const shapes of this.lakes) {
      const lake = this.water.fill(shapes, view, fine, scale);
      context.fill(lake, "evenodd");
      Painter.stroke(context, lake, ink.coast, 0.5);
    }
    const coast = this.ground.path(Painter.lines(this.ground.within(this.coast, view)), fine, scale);
    Painter.stroke(context, coast, ink.coast, 0.7);
  }

  /** A canvas that is not on the page. @param {number} width @param {number} height @returns {OffscreenCanvas} */
  static canvas(width, height) {
    if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
    return /** @type {any} */ (Object.assign(document.createElement("canvas"), { width, height }));
  }

  /** @param {Context} context @param {Path2D} path @param {string} colour @param {number} width @param {number} [opacity] */
  static stroke(context, path, colour, width, opacity = 1) {
    context.globalAlpha = opacity;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(path);
    context.globalAlpha = 1;
  }

  /** @param {Context} context @param {Path2D} path @param {string} colour @param {number} opacity */
  static dashed(context, path, colour, opacity) {
    context.setLineDash([7, 2.2, 1.4, 2.2]);
    Painter.stroke(context, path, colour, 0.8, opacity);
    context.setLineDash([]);
  }

  /** @param {Pane} pane @returns {Path2D} lines every `degrees` and every ten of latitude, in px of the world */
  static graticule({ left, top, width, height, scale, degrees }) {
    const path = new Path2D();
    const first = Math.ceil(((left / scale - 0.5) * 360) / degrees) * degrees;
    for (let lon = first; (lon / 360 + 0.5) * scale <= left + width; lon += degrees) {
      const x = (lon / 360 + 0.5) * scale;
      path.moveTo(x, top);
      path.lineTo(x, top + height);
    }
    for (let lat = -80; lat <= 80; lat += 10) {
      const sine = Math.sin((lat * Math.PI) / 180);
      const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * scale;
      if (y < top || y > top + height) continue;
      path.moveTo(left, y);
      path.lineTo(left + width, y);
    }
    return path;
  }

  /**
   * Shade an area: a tint and a stipple inside its outline, whose edge is soft.
   * @param {Context} context
   * @param {OffscreenCanvas | HTMLCanvasElement} mask another canvas, to draw on for a while
   * @param {Shade} shade
   */
  static shade(context, mask, shade) {
    const { width, height, rings, colour, weight } = shade;
    const dots = Painter.stipple(context, mask, colour);
    context.fillStyle = colour;
    context.globalAlpha = 0.1 * weight;
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 0.5 * weight;
    context.fillStyle = dots;
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 1;
    // The outline is blurred at a fraction of its size and scaled up, which costs little.
    const grain = 8;
    mask.width = Math.ceil(width / grain);
    mask.height = Math.ceil(height / grain);
    const small = /** @type {OffscreenCanvasRenderingContext2D} */ (mask.getContext("2d"));
    small.filter = "blur(3px)";
    small.beginPath();
    for (const ring of rings) {
      ring.forEach(([x, y], i) => (i ? small.lineTo(x / grain, y / grain) : small.moveTo(x / grain, y / grain)));
      small.closePath();
    }
    small.fill("evenodd");
    context.globalCompositeOperation = "destination-in";
    context.imageSmoothingQuality = "high";
    context.drawImage(mask, 0, 0, mask.width * grain, mask.height * grain);
  }

  /**
   * A pattern of dots; `canvas` is drawn over.
   * @param {Context} context
   * @param {OffscreenCanvas | HTMLCanvasElement} canvas @param {string} colour
   */
  static stipple(context, canvas, colour) {
    canvas.width = 7;
    canvas.height = 7;
    const dots = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
    dots.fillStyle = colour;
    dots.beginPath();
    dots.arc(1.75, 1.75, 0.95, 0, 7);
    dots.arc(5.25, 5.25, 0.95, 0, 7);
    dots.fill();
    return context.createPattern(canvas, "repeat") ?? colour;
  }

  /** Arcs as lines of their own. @param {number[]} arcs */
  static lines(arcs) {
    return arcs.map((arc) => [arc]);
  }
}
