/** The legs as paths on the world's unit square, each made when it is first drawn. */

import type { Leg } from "../journey/legs";
import { type WorldBox, boxOfPoints, overlaps, union } from "../lib/worldbox";

interface LegPath {
  path: Path2D;
  box: WorldBox;
}

export class LegPaths {
  readonly #legs: readonly Leg[];
  readonly #paths: (LegPath | undefined)[];
  #box: WorldBox | undefined;

  constructor(legs: readonly Leg[]) {
    this.#legs = legs;
    this.#paths = Array<LegPath | undefined>(legs.length);
  }

  get count(): number {
    return this.#legs.length;
  }

  /** The leg with its box, of an index in range. */
  of(index: number): LegPath {
    return (this.#paths[index] ??= pathOf(this.#legs[index]!));
  }

  /** The box of the whole road. */
  get box(): WorldBox {
    return (this.#box ??= union(this.#legs.map((_, i) => this.of(i).box)));
  }

  /** Legs from one index up to, not with, another that may be seen in a box. */
  within(box: WorldBox, from: number, to: number): number[] {
    const indexes: number[] = [];
    for (let i = Math.max(0, from); i < Math.min(to, this.count); i += 1) {
      if (overlaps(this.of(i).box, box)) indexes.push(i);
    }
    return indexes;
  }
}

function pathOf({ course: { line: points } }: Leg): LegPath {
  const path = new Path2D();
  for (let i = 0; i < points.length; i += 2) {
    // It breaks where it goes on at the other edge of the world.
    const goesOn = i > 0 && Math.abs(points[i]! - points[i - 2]!) < 0.5;
    if (goesOn) path.lineTo(points[i]!, points[i + 1]!);
    else path.moveTo(points[i]!, points[i + 1]!);
  }
  return { path, box: boxOfPoints(points) };
}
