"use strict";

/**
 * Who held which land on which day: the pieces of land that change hands together, with the
 * timeline of each. It stands alone beside `Arcs`, as part of the painter's worker.
 */
class States {
  /**
   * How a status is drawn, where not as a state of its own; `docs/borders.md` says what each means.
   * @type {Record<string, "dependent" | "occupied" | "contested">}
   */
  static MANNERS = {
    autonomous: "dependent", vassal: "dependent", protectorate: "dependent", colony: "dependent",
    mandate: "dependent", leased: "dependent", international: "dependent",
    occupied: "occupied", contested: "contested",
  };

  /** @param {Polities} polities @param {Arcs} arcs of the same topology */
  constructor(polities, arcs) {
    this.arcs = arcs;
    this.polities = polities.polities;
    this.timelines = polities.timelines;
    const pieces = polities.objects.atoms.geometries;
    this.countries = pieces.map((piece) => piece.properties.a3);
    this.timelineOf = pieces.map((piece) => piece.properties.t);
    this.shapes = pieces.map((piece) => arcs.shapes(piece));
    this.boxes = this.shapes.map((shapes) => Arcs.around(shapes.map((shape) => shape.box)));
    /** The pieces on each arc, and whether they lie to its left. @type {Map<number, {piece: number, left: boolean}[]>} */
    this.owners = new Map();
    this.shapes.forEach((shapes, piece) => this.own(shapes, piece));
    /** Outlines of the pieces at the scale last drawn. @type {Map<number, Path2D>} */
    this.outlines = new Map();
    this.scale = 0;
  }

  /** @param {Shape[]} shapes @param {number} piece */
  own(shapes, piece) {
    for (const shape of shapes) {
      shape.rings.forEach((ring, i) => {
        // With y downwards a positive area runs clockwise, its inside to the right.
        const insideRight = this.area(ring) > 0 === (i === 0);
        for (const arc of ring) {
          const index = Arcs.number(arc);
          const owners = this.owners.get(index) ?? [];
          owners.push({ piece, left: insideRight === arc < 0 });
          this.owners.set(index, owners);
        }
      });
    }
  }

  /** Twice the signed area of a ring. @param {number[]} ring */
  area(ring) {
    let area = 0;
    for (const arc of ring) {
      const points = this.arcs.arcs[Arcs.number(arc)];
      const sign = arc < 0 ? -1 : 1;
      for (let i = 2; i < points.length; i += 2) {
        area += sign * (points[i - 2] * points[i + 1] - points[i] * points[i - 1]);
      }
    }
    return area;
  }

  /** Whether an arc is a border of today. @param {number} arc */
  partsCountries(arc) {
    const owners = this.owners.get(arc) ?? [];
    return owners.length === 2 && this.countries[owners[0].piece] !== this.countries[owners[1].piece];
  }

  /** Index of who held a piece on a day, or -1 where nothing is claimed. @param {number} piece @param {number} day */
  holder(piece, day) {
    const timeline = this.timelines[this.timelineOf[piece] ?? -1];
    let holder = -1;
    for (const [from, polity] of timeline ?? []) {
      if (from > day) break;
      holder = polity ?? -1;
    }
    return holder;
  }

  /** What a polity was on a day, and the tint of the one it was under. @param {number} polity @param {number} day */
  standing(polity, day) {
    let standing = "free 0";
    for (const [from, , status, under] of this.polities[polity].spans) {
      if (from > day) break;
      standing = `${States.MANNERS[status] ?? "free"} ${under === null ? 0 : this.polities[under].tint}`;
    }
    return standing;
  }

  /**
   * How each piece is drawn on a day, in words apart by spaces: who holds it, its tint, in what
   * manner, and the tint of whom it is under; empty where nothing is claimed.
   * @param {number} day
   */
  dress(day) {
    return this.timelineOf.map((_, piece) => {
      const polity = this.holder(piece, day);
      return polity < 0 ? "" : `${polity} ${this.polities[polity].tint} ${this.standing(polity, day)}`;
    });
  }

  /**
   * Paint the states of a day.
   * @param {OffscreenCanvasRenderingContext2D} context @param {Pane & {view: Box}} pane
   * @param {string[]} dress of every piece
   */
  paint(context, pane, dress) {
    const { scale, view, ink } = pane;
    if (this.scale !== scale) this.outlines.clear();
    this.scale = scale;
    const seen = this.boxes.map((box, piece) => (Arcs.meets(box, view) ? piece : -1)).filter((piece) => piece >= 0);
    for (const piece of seen) {
      const [, tint] = dress[piece].split(" ");
      context.fillStyle = ink.tints[Number(tint ?? 0)];
      context.fill(this.outline(piece, scale), "evenodd");
    }
    this.paintBands(context, pane, dress);
    for (const piece of seen) {
      const [, , manner, by] = dress[piece].split(" ");
      if (manner !== "occupied" && manner !== "contested") continue;
      context.fillStyle = States.stripes(context, manner === "occupied" && by !== "0" ? ink.bands[Number(by)] : ink.border);
      context.globalAlpha = manner === "occupied" && by !== "0" ? 0.5 : 0.11;
      context.fill(this.outline(piece, scale), "evenodd");
      context.globalAlpha = 1;
    }
    this.paintBorders(context, pane, dress);
  }

  /** A piece's outline, whole, in px of the world. @param {number} piece @param {number} scale */
  outline(piece, scale) {
    let path = this.outlines.get(piece);
    if (!path) {
      path = this.arcs.fill(this.shapes[piece], { west: -1, north: -1, east: 2, south: 2 }, 0.6 / scale, scale);
      this.outlines.set(piece, path);
    }
    return path;
  }

  /** Arcs in view with different holders on their two sides. @param {Box} view @param {string[]} dress */
  borders(view, dress) {
    return [...this.owners].filter(
      ([arc, owners]) =>
        owners.length === 2 &&
        dress[owners[0].piece] !== dress[owners[1].piece] &&
        Arcs.meets(this.arcs.boxes[arc], view),
    );
  }

  /**
   * Inside its border each state wears a band of its own hue, broken where it is not its own master.
   * @param {OffscreenCanvasRenderingContext2D} context @param {Pane & {view: Box}} pane @param {string[]} dress
   */
  paintBands(context, pane, dress) {
    const { scale, view, ink } = pane;
    const wide = scale < 3200 ? 4 : 5.5;
    /** @type {Record<string, Path2D[]>} */
    const bands = { whole: ink.bands.map(() => new Path2D()), broken: ink.bands.map(() => new Path2D()) };
    for (const [arc, owners] of this.borders(Arcs.grown(view, 8 / scale), dress)) {
      for (const { piece, left } of owners) {
        const [, tint, manner] = dress[piece].split(" ");
        const band = bands[manner === "dependent" ? "broken" : "whole"][Number(tint)];
        if (band && tint) this.arcs.traceBeside(band, arc, left ? wide / 2 : -wide / 2, 1.4 / scale, scale);
      }
    }
    bands.whole.forEach((path, tint) => tint && Painter.stroke(context, path, ink.bands[tint], wide, 0.42));
    context.lineCap = "butt";
    context.setLineDash([7, 5]);
    bands.broken.forEach((path, tint) => tint && Painter.stroke(context, path, ink.bands[tint], wide, 0.6));
    context.setLineDash([]);
    context.lineCap = "round";
  }

  /** @param {OffscreenCanvasRenderingContext2D} context @param {Pane & {view: Box}} pane @param {string[]} dress */
  paintBorders(context, pane, dress) {
    const arcs = this.borders(pane.view, dress).map(([arc]) => [arc]);
    Painter.dashed(context, this.arcs.path(arcs, 0.6 / pane.scale, pane.scale), pane.ink.border, 0.85);
  }

  /** Broad stripes, unlike the thin ones of the time bar. @param {OffscreenCanvasRenderingContext2D} context @param {string} colour */
  static stripes(context, colour) {
    const size = 16;
    const tile = Painter.canvas(size, size);
    const own = /** @type {OffscreenCanvasRenderingContext2D} */ (tile.getContext("2d"));
    own.strokeStyle = colour;
    own.lineWidth = size / Math.SQRT2 / 2;
    own.beginPath();
    for (const shift of [-size, 0, size]) {
      own.moveTo(shift - 2, size + 2);
      own.lineTo(shift + size + 2, -2);
    }
    own.stroke();
    return context.createPattern(tile, "repeat") ?? colour;
  }
}
