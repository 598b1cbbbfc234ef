/** The legs as paths on the world's unit square, each made when it is first drawn. */

import type { By } from "../journey/data";
import type { Leg } from "../journey/legs";
import { type WorldBox, boxOfPoints, overlaps, union } from "../lib/worldbox";

/** A run of a leg as a path. */
interface RunPath {
  by: By;
  path: Path2D;
}

export class LegPaths {
  readonly #legs: readonly Leg[];
  readonly #paths: (Path2D | undefined)[];
  readonly #runs: (RunPath[] | undefined)[];
  #box: WorldBox | undefined;

  constructor(legs: readonly Leg[]) {
    this.#legs = legs;
    this.#paths = Array<Path2D | undefined>(legs.length);
    this.#runs = Array<RunPath[] | undefined>(legs.length);
  }

  get count(): number {
    return this.#legs.length;
  }

  /** The path of a leg, of an index in range. */
  path(index: number): Path2D {
    return (this.#paths[index] ??= pathThrough(this.#legs[index]!.course.line));
  }

  /** The paths of a leg's runs. */
  runs(index: number): readonly RunPath[] {
    return (this.#runs[index] ??= this.#makeRuns(index));
  }

  #makeRuns(index: number): RunPath[] {
    const { runs } = this.#legs[index]!.course;
    if (runs.length === 1) return [{ by: runs[0]!.by, path: this.path(index) }];
    return runs.map(({ by, line }) => ({ by, path: pathThrough(line) }));
  }

  boxOf(index: number): WorldBox {
    return this.#legs[index]!.course.box;
  }

  /** Boxes that together cover the line of a leg. */
  partsOf(index: number): WorldBox[] {
    const { line } = this.#legs[index]!.course;
    const parts: WorldBox[] = [];
    for (let i = 0; i + 2 < line.length; i += 2) {
      if (goesOn(line, i + 2)) parts.push(boxOfPoints(line.subarray(i, i + 4)));
    }
    return parts;
  }

  /** The box of the whole road. */
  get box(): WorldBox {
    return (this.#box ??= union(this.#legs.map(({ course }) => course.box)));
  }

  /** Legs from one index up to, not with, another that may be seen in a box. */
  within(box: WorldBox, from: number, to: number): number[] {
    const indexes: number[] = [];
    for (let i = Math.max(0, from); i < Math.min(to, this.count); i += 1) {
      if (overlaps(this.boxOf(i), box)) indexes.push(i);
    }
    return indexes;
  }
}

function pathThrough(points: Float64Array): Path2D {
  const path = new Path2D();
  for (let i = 0; i < points.length; i += 2) {
    if (goesOn(points, i)) path.lineTo(points[i]!, points[i + 1]!);
    else path.moveTo(points[i]!, points[i + 1]!);
  }
  return path;
}

/** Whether a line comes to its point at an index from the one before; else it goes on at the other edge of the world. */
function goesOn(points: Float64Array, index: number): boolean {
  return index > 0 && Math.abs(points[index]! - points[index - 2]!) < 0.5;
}
