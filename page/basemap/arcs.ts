/** The arcs of a TopoJSON topology in Web Mercator, thinned for a scale and traced onto paths. */

import { worldX, worldY } from "../lib/mercator";
import { type WorldBox, boxOfPoints, overlaps, union } from "../lib/worldbox";
import type { ArcList, ArealGeometry, LineGeometry, MultiLineGeometry, Topology } from "./data";

/** Rings of arcs with the box around them. */
export interface Shape {
  rings: ArcList[];
  box: WorldBox;
}

/** Lines of arcs; the higher the rank, the closer the view that shows them. */
export interface RankedLine extends Shape {
  rank: number;
}

/** Finest detail of coast and borders, in px. */
export const FINE = 0.6;
const LEAST_RANK = 5;

/** Number of the arc that a ring names, which may run backwards. */
export function arcNumber(arc: number): number {
  return arc < 0 ? ~arc : arc;
}

/** Arcs as lines of their own. */
export function asLines(arcs: readonly number[]): ArcList[] {
  return arcs.map((arc) => [arc]);
}

export class Arcs {
  /** Each arc as x, y, x, y … on the unit square. */
  readonly points: Float64Array[];
  readonly boxes: WorldBox[];
  readonly #thinned = new Map<string, Float64Array>();

  constructor(topology: Topology) {
    this.points = topology.arcs.map((arc) => decode(arc, topology.transform));
    this.boxes = this.points.map(boxOfPoints);
  }

  boxOf(arcs: ArcList): WorldBox {
    return union(arcs.map((arc) => this.boxes[arcNumber(arc)]!));
  }

  /** One shape a polygon. */
  shapes(geometry: ArealGeometry): Shape[] {
    const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
    return polygons.map((rings) => ({ rings, box: this.boxOf(rings.flat()) }));
  }

  line(geometry: LineGeometry | MultiLineGeometry): RankedLine {
    const rings = geometry.type === "LineString" ? [geometry.arcs] : geometry.arcs;
    return { rings, box: this.boxOf(rings.flat()), rank: geometry.properties?.rank ?? LEAST_RANK };
  }

  /**
   * An arc without the points closer than `tolerance` (of the unit square) to the one before;
   * ends are kept, so that neighbours still meet.
   */
  thin(index: number, tolerance: number): Float64Array {
    const key = `${index}@${tolerance}`;
    const known = this.#thinned.get(key);
    if (known) return known;
    const points = this.points[index]!;
    let [x, y] = [points[0]!, points[1]!];
    const kept = [x, y];
    for (let i = 2; i < points.length - 2; i += 2) {
      const gap = Math.abs(points[i]! - x) + Math.abs(points[i + 1]! - y);
      if (gap < tolerance) continue;
      [x, y] = [points[i]!, points[i + 1]!];
      kept.push(x, y);
    }
    kept.push(points[points.length - 2]!, points[points.length - 1]!);
    const thinned = Float64Array.from(kept);
    this.#thinned.set(key, thinned);
    return thinned;
  }

  /** Those of the arcs whose boxes overlap a view. */
  within(arcs: readonly number[], view: WorldBox): number[] {
    return arcs.filter((index) => overlaps(this.boxes[index]!, view));
  }

  /** Open lines, each of arcs that continue each other, in px of a world `scale` px wide. */
  strokePath(lines: readonly ArcList[], tolerance: number, scale: number): Path2D {
    const path = new Path2D();
    for (const line of lines) this.#trace(path, line, tolerance, scale);
    return path;
  }

  /** Outlines to fill, of the shapes that overlap a view. */
  fillPath(shapes: readonly Shape[], view: WorldBox, tolerance: number, scale: number): Path2D {
    const path = new Path2D();
    for (const shape of shapes) {
      if (!overlaps(shape.box, view)) continue;
      for (const ring of shape.rings) {
        this.#trace(path, ring, tolerance, scale);
        path.closePath();
      }
    }
    return path;
  }

  #trace(path: Path2D, line: ArcList, tolerance: number, scale: number): void {
    let begun = false;
    for (const arc of line) {
      const points = this.thin(arcNumber(arc), tolerance);
      const count = points.length / 2;
      for (let i = begun ? 1 : 0; i < count; i += 1) {
        const k = 2 * (arc < 0 ? count - 1 - i : i);
        if (begun) path.lineTo(points[k]! * scale, points[k + 1]! * scale);
        else path.moveTo(points[k]! * scale, points[k + 1]! * scale);
        begun = true;
      }
    }
  }

  /** A line beside an arc, `by` px to its left (seen along it, y down), for a band inside a border. */
  traceOffset(path: Path2D, arc: number, by: number, tolerance: number, scale: number): void {
    const points = this.thin(arcNumber(arc), tolerance);
    const side = arc < 0 ? -by : by;
    for (let i = 0; i < points.length; i += 2) {
      const before = Math.max(0, i - 2);
      const after = Math.min(points.length - 2, i + 2);
      const dx = points[after]! - points[before]!;
      const dy = points[after + 1]! - points[before + 1]!;
      const size = Math.hypot(dx, dy) || 1;
      const x = points[i]! * scale + (dy / size) * side;
      const y = points[i + 1]! * scale - (dx / size) * side;
      if (i) path.lineTo(x, y);
      else path.moveTo(x, y);
    }
  }
}

function decode(arc: readonly [number, number][], { scale, translate }: Topology["transform"]): Float64Array {
  const points = new Float64Array(arc.length * 2);
  let x = 0;
  let y = 0;
  arc.forEach(([dx, dy], i) => {
    x += dx;
    y += dy;
    points[2 * i] = worldX(x * scale[0] + translate[0]);
    points[2 * i + 1] = worldY(y * scale[1] + translate[1]);
  });
  return points;
}
