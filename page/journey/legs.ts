/** The legs of a road: which stays each joins, how long it is, and which way it takes. */

import { greatCircleKm } from "../lib/globe";
import { Course } from "./course";
import { type LatLon, type RoadStay, isStop } from "./data";

export class Leg {
  readonly points: LatLon[];
  /** Length in km up to each of its stays. */
  readonly kmTo: number[];
  #course: Course | undefined;

  /** `from` and `to` are indexes into the stays of the road. */
  constructor(
    readonly from: number,
    readonly to: number,
    road: readonly RoadStay[],
  ) {
    this.points = road.slice(from, to + 1).map(({ lat, lon }): LatLon => [lat, lon]);
    let km = 0;
    this.kmTo = this.points.map((point, i) => (km += i ? greatCircleKm(this.points[i - 1]!, point) : 0));
  }

  get km(): number {
    return this.kmTo.at(-1)!;
  }

  /** Indexes of the stays between its ends. */
  get via(): number[] {
    return Array.from({ length: this.to - this.from - 1 }, (_, i) => this.from + 1 + i);
  }

  get course(): Course {
    return (this.#course ??= new Course(this.points));
  }
}

/** Legs join stops; a way-point at either end of the road ends one too. */
export function legsOf(road: readonly RoadStay[]): Leg[] {
  const ends = road.flatMap((stay, i) => (isStop(stay) || i === 0 || i === road.length - 1 ? [i] : []));
  return ends.slice(1).map((to, i) => new Leg(ends[i]!, to, road));
}
