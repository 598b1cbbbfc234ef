/** The legs of a road: which stays each joins, how long it is, and which way it takes. */

import { greatCircleKm } from "../lib/globe";
import { Course, type Part } from "./course";
import { type LatLon, type RoadStay, isStop } from "./data";

export class Leg {
  /** The ways from each stay to the next. */
  readonly parts: Part[];
  /** Length in km up to each of its stays. */
  readonly kmTo: number[];
  #course: Course | undefined;

  /** `from` and `to` are indexes into the stays of the road. */
  constructor(
    readonly from: number,
    readonly to: number,
    road: readonly RoadStay[],
  ) {
    const stays = road.slice(from, to + 1);
    this.parts = stays.slice(1).map((there, i) => wayBetween(stays[i]!, there));
    let km = 0;
    this.kmTo = [0, ...this.parts.map(({ points }) => (km += lengthOf(points)))];
  }

  get km(): number {
    return this.kmTo.at(-1)!;
  }

  /** Indexes of the stays between its ends. */
  get via(): number[] {
    return Array.from({ length: this.to - this.from - 1 }, (_, i) => this.from + 1 + i);
  }

  get course(): Course {
    return (this.#course ??= new Course(this.parts));
  }
}

function wayBetween(here: RoadStay, { way, lat, lon, by, bys }: RoadStay): Part {
  const between = Array.from({ length: way.length / 2 }, (_, i): LatLon => [way[2 * i]!, way[2 * i + 1]!]);
  const reached: LatLon[] = [...between, [lat, lon]];
  return { points: [[here.lat, here.lon], ...reached], bys: bys.length ? bys : reached.map(() => by) };
}

function lengthOf(points: readonly LatLon[]): number {
  return points.slice(1).reduce((km, point, i) => km + greatCircleKm(points[i]!, point), 0);
}

/** Legs join stops; a way-point at either end of the road ends one too. */
export function legsOf(road: readonly RoadStay[]): Leg[] {
  const ends = road.flatMap((stay, i) => (isStop(stay) || i === 0 || i === road.length - 1 ? [i] : []));
  return ends.slice(1).map((to, i) => new Leg(ends[i]!, to, road));
}
