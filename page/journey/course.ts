/**
 * The way through points of the globe: great circles, rounded where they meet. As
 * `geo/journey/curves.py` has it for exports: a centripetal Catmull-Rom spline over unit vectors,
 * held to the great circle by knots at quarters of each part (E. Catmull, R. Rom, "A class of
 * local interpolating splines", 1974).
 */

import { EARTH_RADIUS, type Vector } from "../lib/globe";
import { vectorX, vectorY } from "../lib/mercator";
import { clamp, lastUpTo } from "../lib/numbers";
import { type WorldBox, boxOfPoints } from "../lib/worldbox";
import type { By, LatLon } from "./data";

/** The way from one stay to the next. */
export interface Part {
  /** Both ends, and the points between. */
  points: readonly LatLon[];
  /** How he came to each point but the first. */
  bys: readonly By[];
}

/** As much of a course as he went in one way, as x, y, x, y … on the world's unit square. */
interface Run {
  by: By;
  line: Float64Array;
}

/** A piece of a spline: its ends, and the tangents there. */
interface Stretch {
  from: Vector;
  to: Vector;
  leave: Vector;
  arrive: Vector;
}

/**
 * A course is drawn through points about this far apart, in km: a pixel or so from its true way
 * at the closest zoom, 9.
 */
const STEP_KM = 80;
/** Knots of a part that is not short. */
const QUARTERS = 4;
const DEGREES = 180 / Math.PI;

export class Course {
  readonly #knots: Vector[] = [];
  /** Index of the knot at which each part begins, and that of the last. */
  readonly #marks: number[] = [0];
  /** From which knot on he went in which way. */
  readonly #turns: { knot: number; by: By }[] = [];
  /** Length of the chords up to each knot, in earth radii. */
  readonly #reach: number[] = [0];
  /** The spline from each knot, once it is asked for. */
  readonly #stretches: Stretch[] = [];
  /** The points of each part, once they are asked for. */
  readonly #sampled: number[][] = [];
  #line: Float64Array | undefined;
  #runs: Run[] | undefined;
  #box: WorldBox | undefined;

  /** Each part is of two points at least, and begins where the one before ends. */
  constructor(parts: readonly Part[]) {
    for (const { points, bys } of parts) {
      const vectors = points.map(vectorOf);
      vectors.slice(1).forEach((there, i) => {
        this.#goOn(bys[i]!);
        this.#knots.push(...knotsBetween(vectors[i]!, there));
      });
      this.#marks.push(this.#knots.length);
    }
    this.#knots.push(vectorOf(parts.at(-1)!.points.at(-1)!));
    for (let k = 1; k < this.#knots.length; k += 1)
      this.#reach.push(this.#reach[k - 1]! + chord(this.#knots[k - 1]!, this.#knots[k]!));
  }

  #goOn(by: By): void {
    if (this.#turns.at(-1)?.by !== by) this.#turns.push({ knot: this.#knots.length, by });
  }

  get parts(): number {
    return this.#marks.length - 1;
  }

  /** Its points as x, y, x, y … on the world's unit square. */
  get line(): Float64Array {
    return (this.#line ??= Float64Array.from(this.upTo(this.parts)));
  }

  /** Its runs: one where he went all of it in the same way. */
  get runs(): readonly Run[] {
    return (this.#runs ??= this.#turns.map(({ knot, by }, i) => ({ by, line: this.#lineFrom(knot, i + 1) })));
  }

  /** The points from a knot up to a turn. */
  #lineFrom(knot: number, turn: number): Float64Array {
    if (this.#turns.length === 1) return this.line;
    const end = this.#turns[turn]?.knot ?? this.#knots.length - 1;
    return Float64Array.from(this.#between(knot, end - 1, 1));
  }

  /** The box of the world that holds it. */
  get box(): WorldBox {
    return (this.#box ??= boxOfPoints(this.line));
  }

  /** Its points up to a share of a part. */
  upTo(part: number, share = 0): number[] {
    const whole = Array.from({ length: part }, (_, i) => (this.#sampled[i] ??= this.sampled(i))).flat();
    return share ? [...whole, ...this.sampled(part, share)] : whole;
  }

  /** The point at a share of a part. */
  at(part: number, share: number): LatLon {
    const [knot, rest] = this.#place(part, share);
    return latLonOf(along(this.#stretch(knot), rest));
  }

  /** Points of a part up to a share of it, as x, y, x, y … on the world's unit square. */
  sampled(part: number, share = 1): number[] {
    return this.#between(this.#marks[part]!, ...this.#place(part, share));
  }

  /** Points from a knot up to a share of the stretch from another one. */
  #between(first: number, last: number, rest: number): number[] {
    const points: number[] = [];
    for (let k = first; k <= last; k += 1) {
      const steps = Math.max(2, Math.ceil((EARTH_RADIUS * this.#chordAfter(k)) / STEP_KM));
      const reach = k < last ? steps : rest * steps;
      for (let step = 0; step < reach; step += 1) addPoint(points, along(this.#stretch(k), step / steps));
    }
    addPoint(points, along(this.#stretch(last), rest));
    return points;
  }

  /** Where a share of a part has come to: the knot behind, and how much of the way to the next. */
  #place(part: number, share: number): [knot: number, rest: number] {
    const [first, last] = [this.#marks[part]!, this.#marks[part + 1]!];
    const [from, to] = [this.#reach[first]!, this.#reach[last]!];
    const gone = from + (to - from) * clamp(share, 0, 1);
    const knot = clamp(lastUpTo(this.#reach, gone), first, last - 1);
    const [beyond, whole] = [gone - this.#reach[knot]!, this.#chordAfter(knot)];
    // Between two stays at one place there is no way, and yet a share of it.
    return [knot, clamp(whole ? beyond / whole : share, 0, 1)];
  }

  #chordAfter(knot: number): number {
    return this.#reach[knot + 1]! - this.#reach[knot]!;
  }

  /** The spline between a knot and the next. */
  #stretch(k: number): Stretch {
    return (this.#stretches[k] ??= this.#makeStretch(k));
  }

  /** Its tangents are weighed by the chords. */
  #makeStretch(k: number): Stretch {
    const [from, to] = [this.#knots[k]!, this.#knots[k + 1]!];
    const [before, after] = [this.#knots[k - 1] ?? from, this.#knots[k + 2] ?? to];
    // Centripetal: by the roots of the chords.
    const d0 = Math.sqrt(chord(before, from));
    const d1 = Math.sqrt(chord(from, to));
    const d2 = Math.sqrt(chord(to, after));
    const leaving = (i: 0 | 1 | 2) => {
      const bend = d0 && d1 ? d1 * ((from[i] - before[i]) / d0 - (to[i] - before[i]) / (d0 + d1)) : 0;
      return to[i] - from[i] + bend;
    };
    const arriving = (i: 0 | 1 | 2) => {
      const bend = d1 && d2 ? d1 * ((after[i] - to[i]) / d2 - (after[i] - from[i]) / (d1 + d2)) : 0;
      return to[i] - from[i] + bend;
    };
    return {
      from,
      to,
      leave: [leaving(0), leaving(1), leaving(2)],
      arrive: [arriving(0), arriving(1), arriving(2)],
    };
  }
}

/** Where a stretch is at a share of it. */
function along({ from, to, leave, arrive }: Stretch, t: number): Vector {
  const rise = 3 * t ** 2 - 2 * t ** 3;
  const [first, last] = [t ** 3 - 2 * t ** 2 + t, t ** 3 - t ** 2];
  return [
    from[0] + rise * (to[0] - from[0]) + first * leave[0] + last * arrive[0],
    from[1] + rise * (to[1] - from[1]) + first * leave[1] + last * arrive[1],
    from[2] + rise * (to[2] - from[2]) + first * leave[2] + last * arrive[2],
  ];
}

function addPoint(points: number[], vector: Vector): void {
  points.push(vectorX(vector), vectorY(vector));
}

function vectorOf([lat, lon]: LatLon): Vector {
  const [phi, lambda] = [lat / DEGREES, lon / DEGREES];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function latLonOf([x, y, z]: Vector): LatLon {
  return [Math.atan2(z, Math.hypot(x, y)) * DEGREES, Math.atan2(y, x) * DEGREES];
}

function chord(a: Vector, b: Vector): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
}

/** The beginning of a part and, unless it is short, its quarters, along the great circle. */
function knotsBetween(here: Vector, there: Vector): Vector[] {
  const sum = Math.hypot(here[0] + there[0], here[1] + there[1], here[2] + there[2]);
  // Unlike the arc cosine, this is exact for points close together and for antipodes.
  const angle = 2 * Math.atan2(chord(here, there), sum);
  if (angle * EARTH_RADIUS <= QUARTERS * STEP_KM) return [here];
  const ahead = direction(here, there, angle);
  return Array.from({ length: QUARTERS }, (_, i): Vector => {
    const [along, aside] = [Math.cos((i * angle) / QUARTERS), Math.sin((i * angle) / QUARTERS)];
    return [
      along * here[0] + aside * ahead[0],
      along * here[1] + aside * ahead[1],
      along * here[2] + aside * ahead[2],
    ];
  });
}

/** Where a great circle sets out for; eastwards between antipodes, which any of them joins. */
function direction(here: Vector, there: Vector, angle: number): Vector {
  const cosine = Math.cos(angle);
  const [x, y, z] = [0, 1, 2].map((axis) => there[axis]! - cosine * here[axis]!) as [number, number, number];
  const length = Math.hypot(x, y, z);
  if (length >= 1e-9) return [x / length, y / length, z / length];
  const level = Math.hypot(here[0], here[1]);
  return level > 1e-9 ? [-here[1] / level, here[0] / level, 0] : [0, 1, 0];
}
