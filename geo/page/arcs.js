"use strict";

/**
 * The lines of a TopoJSON topology in Web Mercator: the world as the unit square, x to the
 * east, y to the south. It stands alone: its source is also part of the painter's worker.
 */
class Arcs {
  /** @param {{arcs: number[][][], transform: {scale: number[], translate: number[]}}} topology */
  constructor(topology) {
    this.arcs = topology.arcs.map((arc) => Arcs.decode(arc, topology.transform));
    this.boxes = this.arcs.map((arc) => Arcs.box(arc));
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

  /** The smallest box around boxes. @param {Box[]} boxes @returns {Box} */
  static around(boxes) {
    const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
    for (const own of boxes) {
      box.west = Math.min(box.west, own.west);
      box.east = Math.max(box.east, own.east);
      box.north = Math.min(box.north, own.north);
      box.south = Math.max(box.south, own.south);
    }
    return box;
  }

  /** Boxes that meet made one, so that no place is in two. @param {Box[]} boxes @returns {Box[]} */
  static joined(boxes) {
    /** @type {Box[]} */
    const apart = [];
    for (const box of boxes) {
      let grown = box;
      for (let i = apart.length - 1; i >= 0; i -= 1) {
        if (Arcs.meets(apart[i], grown)) grown = Arcs.around([grown, ...apart.splice(i, 1)]);
      }
      apart.push(grown);
    }
    return apart.length === boxes.length ? apart : Arcs.joined(apart);
  }

  /** @param {Box} box @param {number} by @returns {Box} */
  static grown(box, by) {
    return { west: box.west - by, north: box.north - by, east: box.east + by, south: box.south + by };
  }

  /** @param {Box} a @param {Box} b */
  static meets(a, b) {
    return a.west <= b.east && b.west <= a.east && a.north <= b.south && b.north <= a.south;
  }

  /** Number of the arc that a ring names, which may run backwards. @param {number} arc */
  static number(arc) {
    return arc < 0 ? ~arc : arc;
  }

  /** @param {number[]} arcs @returns {Box} */
  box(arcs) {
    return Arcs.around(arcs.map((arc) => this.boxes[Arcs.number(arc)]));
  }

  /**
   * @param {TopoGeometry} geometry Polygon or MultiPolygon
   * @returns {Shape[]} one shape a polygon
   */
  shapes(geometry) {
    const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
    return /** @type {number[][][]} */ (polygons).map((rings) => ({ rings, box: this.box(rings.flat()) }));
  }

  /**
   * @param {TopoGeometry} geometry LineString or MultiLineString
   * @returns {Shape & {rank: number}}
   */
  line(geometry) {
    const rings = /** @type {number[][]} */ (
      geometry.type === "LineString" ? [geometry.arcs] : geometry.arcs
    );
    return { rings, box: this.box(rings.flat()), rank: geometry.properties?.rank ?? 5 };
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

  /** @param {number[]} arcs @param {Box} view */
  within(arcs, view) {
    return arcs.filter((index) => Arcs.meets(this.boxes[index], view));
  }

  /**
   * Open lines, in pixels of the world at `scale`.
   * @param {number[][]} lines each of arcs that continue each other
   * @param {number} tolerance @param {number} scale
   */
  path(lines, tolerance, scale) {
    const path = new Path2D();
    for (const line of lines) this.trace(path, line, tolerance, scale);
    return path;
  }

  /** Outlines to fill. @param {Shape[]} shapes @param {Box} view @param {number} tolerance @param {number} scale */
  fill(shapes, view, tolerance, scale) {
    const path = new Path2D();
    for (const shape of shapes) {
      if (!Arcs.meets(shape.box, view)) continue;
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
      const points = this.thin(Arcs.number(arc), tolerance);
      const count = points.length / 2;
      for (let i = begun ? 1 : 0; i < count; i += 1) {
        const k = 2 * (arc < 0 ? count - 1 - i : i);
        if (begun) path.lineTo(points[k] * scale, points[k + 1] * scale);
        else path.moveTo(points[k] * scale, points[k + 1] * scale);
        begun = true;
      }
    }
  }

  /**
   * A line beside an arc, `by` px to its left (seen along it, y down), for a band inside a border.
   * @param {Path2D} path @param {number} arc @param {number} by @param {number} tolerance @param {number} scale
   */
  traceBeside(path, arc, by, tolerance, scale) {
    const points = this.thin(Arcs.number(arc), tolerance);
    const side = arc < 0 ? -by : by;
    for (let i = 0; i < points.length; i += 2) {
      const before = Math.max(0, i - 2);
      const after = Math.min(points.length - 2, i + 2);
      const dx = points[after] - points[before];
      const dy = points[after + 1] - points[before + 1];
      const size = Math.hypot(dx, dy) || 1;
      const x = points[i] * scale + (dy / size) * side;
      const y = points[i + 1] * scale - (dx / size) * side;
      if (i) path.lineTo(x, y);
      else path.moveTo(x, y);
    }
  }
}
