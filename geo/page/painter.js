"use strict";

/**
 * Draws the plate's ground (sea, ripples, land, borders, waters, graticule) on a canvas.
 *
 * The class stands alone: its source is also the source of a worker, so that no frame of
 * the page waits for the coastline. Coordinates inside are Web Mercator with the world as
 * the unit square, x to the east, y to the south.
 */
class Painter {
  /** @param {Topology} topology the basemap, as `geo/data/basemap.json` holds it */
  constructor(topology) {
    const seams = new Set(topology.seams ?? []);
    this.arcs = topology.arcs.map((arc) => Painter.decode(arc, topology.transform));
    this.boxes = this.arcs.map((arc) => Painter.box(arc));
    const owners = Painter.owners(topology.objects.countries.geometries);
    const indexes = [...owners.keys()].filter((index) => !seams.has(index));
    this.coast = indexes.filter((index) => owners.get(index) === 1);
    this.borders = indexes.filter((index) => owners.get(index) === 2);
    this.land = topology.objects.countries.geometries.map((geometry) => this.shape(geometry));
    this.lakes = topology.objects.lakes.geometries.map((geometry) => this.shape(geometry));
    this.rivers = topology.objects.rivers.geometries.map((geometry) => this.line(geometry));
    /** @type {Map<string, Float64Array>} */
    this.thinned = new Map();
  }

  /**
   * @param {number[][]} arc quantised, delta-encoded [longitude, latitude] pairs
   * @param {{scale: number[], translate: number[]}} transform
   * @returns {Float64Array} x, y, x, y …
   */
  static decode(arc, transform) {
    const points = new Float64Array(arc.length * 2);
    let x = 0;
    let y = 0;
    arc.forEach(([dx, dy], i) => {
      x += dx;
      y += dy;
      const lon = x * transform.scale[0] + transform.translate[0];
      const lat = y * transform.scale[1] + transform.translate[1];
      const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
      points[2 * i] = lon / 360 + 0.5;
      points[2 * i + 1] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    });
    return points;
  }

  /** @param {Float64Array} points @returns {Box} */
  static box(points) {
    const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
    for (let i = 0; i < points.length; i += 2) {
      box.west = Math.min(box.west, points[i]);
      box.east = Math.max(box.east, points[i]);
      box.north = Math.min(box.north, points[i + 1]);
      box.south = Math.max(box.south, points[i + 1]);
    }
    return box;
  }

  /**
   * How many countries each arc bounds: one makes it coast, two a border.
   * @param {TopoGeometry[]} geometries
   */
  static owners(geometries) {
    /** @type {Map<number, number>} */
    const owners = new Map();
    for (const geometry of geometries) {
      const own = new Set(
        geometry.arcs.flat(Infinity).map((arc) => (Number(arc) < 0 ? ~Number(arc) : Number(arc))),
      );
      for (const index of own) owners.set(index, (owners.get(index) ?? 0) + 1);
    }
    return owners;
  }

  /**
   * @param {TopoGeometry} geometry Polygon or MultiPolygon
   * @returns {Shape[]} one shape a polygon
   */
  shape(geometry) {
    const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
    return /** @type {number[][][]} */ (polygons).map((rings) => ({
      rings,
      box: this.around(rings.flat()),
    }));
  }

  /**
   * @param {TopoGeometry} geometry LineString or MultiLineString
   * @returns {Shape & {rank: number}}
   */
  line(geometry) {
    const rings = /** @type {number[][]} */ (
      geometry.type === "LineString" ? [geometry.arcs] : geometry.arcs
    );
    return { rings, box: this.around(rings.flat()), rank: geometry.properties?.rank ?? 5 };
  }

  /** @param {number[]} arcs @returns {Box} */
  around(arcs) {
    const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
    for (const arc of arcs) {
      const own = this.boxes[arc < 0 ? ~arc : arc];
      box.west = Math.min(box.west, own.west);
      box.east = Math.max(box.east, own.east);
      box.north = Math.min(box.north, own.north);
      box.south = Math.max(box.south, own.south);
    }
    return box;
  }

  /**
   * An arc without the points closer than `tolerance` to the one before; ends are kept, so
   * that neighbours still meet.
   * @param {number} index
   * @param {number} tolerance in world units
   */
  thin(index, tolerance) {
    const key = `${index}@${tolerance}`;
    const known = this.thinned.get(key);
    if (known) return known;
    const points = this.arcs[index];
    const kept = [points[0], points[1]];
    for (let i = 2; i < points.length - 2; i += 2) {
      const gap =
        Math.abs(points[i] - kept[kept.length - 2]) + Math.abs(points[i + 1] - kept[kept.length - 1]);
      if (gap >= tolerance) kept.push(points[i], points[i + 1]);
    }
    kept.push(points[points.length - 2], points[points.length - 1]);
    const thinned = Float64Array.from(kept);
    this.thinned.set(key, thinned);
    return thinned;
  }

  /**
   * Paint one rectangle of the ground.
   * @param {OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D} context
   * @param {Pane} pane
   */
  paint(context, pane) {
    const { left, top, width, height, scale, ratio, ink } = pane;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = ink.sea;
    context.fillRect(0, 0, width, height);
    const first = Math.floor(left / scale);
    const last = Math.floor((left + width) / scale);
    for (let copy = first; copy <= last; copy += 1) {
      this.paintWorld(context, { ...pane, left: left - copy * scale, top });
    }
  }

  /**
   * @param {OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D} context
   * @param {Pane} pane with `left` in this copy of the world
   */
  paintWorld(context, pane) {
    const { left, top, width, height, scale, ratio, ink } = pane;
    context.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
    context.lineJoin = "round";
    context.lineCap = "round";
    const fine = 0.6 / scale;
    const view = Painter.grown(
      { west: left / scale, north: top / scale, east: (left + width) / scale, south: (top + height) / scale },
      2 / scale,
    );
    const far = Painter.grown(view, 15 / scale);
    const ripples = this.path(this.within(this.coast, far), 3.5 / scale, scale);
    pane.ripples.forEach(([outer, inner]) => {
      this.stroke(context, ripples, ink.ripple, outer);
      this.stroke(context, ripples, ink.sea, inner);
    });
    context.fillStyle = ink.land;
    for (const shapes of this.land) context.fill(this.fill(shapes, view, fine, scale), "evenodd");
    const rivers = new Path2D();
    for (const river of this.rivers) {
      if (river.rank <= pane.detail && Painter.meets(river.box, view)) {
        rivers.addPath(this.path(river.rings.flat(), fine, scale, river.rings));
      }
    }
    this.stroke(context, rivers, ink.river, 0.6);
    context.fillStyle = ink.sea;
    for (const shapes of this.lakes) {
      const lake = this.fill(shapes, view, fine, scale);
      context.fill(lake, "evenodd");
      this.stroke(context, lake, ink.coast, 0.5);
    }
    if (pane.borders) {
      context.setLineDash([7, 2.2, 1.4, 2.2]);
      this.stroke(context, this.path(this.within(this.borders, view), fine, scale), ink.border, 0.6, 0.55);
      context.setLineDash([]);
    }
    this.stroke(context, this.path(this.within(this.coast, view), fine, scale), ink.coast, 0.7);
    this.stroke(context, Painter.graticule(view, pane.degrees, scale), ink.grid, 0.5, 0.45);
  }

  /**
   * @param {OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D} context
   * @param {Path2D} path @param {string} colour @param {number} width @param {number} [opacity]
   */
  stroke(context, path, colour, width, opacity = 1) {
    context.globalAlpha = opacity;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(path);
    context.globalAlpha = 1;
  }

  /** @param {number[]} arcs @param {Box} view */
  within(arcs, view) {
    return arcs.filter((index) => Painter.meets(this.boxes[index], view));
  }

  /**
   * Open lines through arcs, in pixels of the world at `scale`.
   * @param {number[]} arcs @param {number} tolerance @param {number} scale
   * @param {number[][]} [lines] arcs that continue each other
   */
  path(arcs, tolerance, scale, lines = arcs.map((arc) => [arc])) {
    const path = new Path2D();
    for (const line of lines) this.trace(path, line, tolerance, scale);
    return path;
  }

  /** @param {Shape[]} shapes @param {Box} view @param {number} tolerance @param {number} scale */
  fill(shapes, view, tolerance, scale) {
    const path = new Path2D();
    for (const shape of shapes) {
      if (!Painter.meets(shape.box, view)) continue;
      for (const ring of shape.rings) {
        this.trace(path, ring, tolerance, scale);
        path.closePath();
      }
    }
    return path;
  }

  /** @param {Path2D} path @param {number[]} line @param {number} tolerance @param {number} scale */
  trace(path, line, tolerance, scale) {
    let begun = false;
    for (const arc of line) {
      const points = this.thin(arc < 0 ? ~arc : arc, tolerance);
      const count = points.length / 2;
      for (let i = begun ? 1 : 0; i < count; i += 1) {
        const k = 2 * (arc < 0 ? count - 1 - i : i);
        if (begun) path.lineTo(points[k] * scale, points[k + 1] * scale);
        else path.moveTo(points[k] * scale, points[k + 1] * scale);
        begun = true;
      }
    }
  }

  /** @param {Box} view @param {number} degrees between lines @param {number} scale */
  static graticule(view, degrees, scale) {
    const path = new Path2D();
    for (let lon = -180; lon <= 180; lon += degrees) {
      const x = lon / 360 + 0.5;
      if (x < view.west || x > view.east) continue;
      path.moveTo(x * scale, view.north * scale);
      path.lineTo(x * scale, view.south * scale);
    }
    for (let lat = -80; lat <= 80; lat += 10) {
      const sine = Math.sin((lat * Math.PI) / 180);
      const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
      if (y < view.north || y > view.south) continue;
      path.moveTo(Math.max(0, view.west) * scale, y * scale);
      path.lineTo(Math.min(1, view.east) * scale, y * scale);
    }
    return path;
  }

  /**
   * Shade an area: a tint and a stipple inside its outline, whose edge is soft.
   * @param {OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D} context
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
   * @param {OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D} context
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

  /** @param {Box} box @param {number} by @returns {Box} */
  static grown(box, by) {
    return { west: box.west - by, north: box.north - by, east: box.east + by, south: box.south + by };
  }

  /** @param {Box} a @param {Box} b */
  static meets(a, b) {
    return a.west <= b.east && b.west <= a.east && a.north <= b.south && b.north <= a.south;
  }
}
