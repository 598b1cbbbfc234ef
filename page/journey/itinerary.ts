/** Where the traveller is on any day: pure look-ups over the journey's data. */

import { dayInWords, readDay } from "../lib/dates";
import { clamp, lastUpTo } from "../lib/numbers";
import {
  type Area,
  type JourneyData,
  type LatLon,
  type RoadStay,
  type Stay,
  type Stop,
  isStop,
} from "./data";
import { type Uncertainty, dateOf, dayName, dayNamed, uncertaintyOn } from "./dayname";
import { type Leg, legsOf } from "./legs";
import { phaseClasses } from "./phases";
import { Reckoning } from "./reckoning";

/** Where he is on a day, and what lies behind him. */
export interface Moment {
  day: number;
  /** What the record does not know of his whereabouts; null where it is sure. */
  uncertainty: Uncertainty | null;
  /** The latest stay of the road that has begun. */
  stay: RoadStay;
  /** The latest stop that has begun. */
  stop: Stop | null;
  travelling: boolean;
  /** Whether the latest leg is not yet done: he is on the way, or rests at a way-point. */
  onLeg: boolean;
  /** Index of the latest leg, or -1. */
  leg: number;
  point: LatLon;
  /** Which part of the latest leg he is on, from one stay to the next, and how much of it is behind him. */
  part: number;
  share: number;
  /** Length of the road so far. */
  km: number;
  areas: Area[];
}

export class Itinerary {
  readonly road: RoadStay[];
  readonly stops: Stop[];
  readonly areas: Area[];
  /** The style class of each phase. */
  readonly phaseClasses: string[];
  readonly legs: Leg[];
  /** Length of the whole road. */
  readonly km: number;
  readonly reckoning: Reckoning;
  readonly #stopStarts: number[];
  readonly #starts: number[];
  readonly #indexes: Map<Stay, number>;
  /** Of each stay of the road, the leg that leads to it, and the one that goes on from it. */
  readonly #legsTo: (number | undefined)[] = [];
  readonly #legsThrough: (number | undefined)[] = [];
  readonly #kmBefore: number[];

  constructor(readonly data: JourneyData) {
    this.road = data.road;
    this.areas = data.areas;
    this.stops = data.road.filter(isStop);
    this.phaseClasses = phaseClasses(data.phases);
    this.#stopStarts = this.stops.map((stop) => stop.start);
    this.#starts = this.road.map((stay) => stay.start);
    this.#indexes = new Map(this.road.map((stay, i) => [stay, i]));
    this.legs = legsOf(this.road);
    this.legs.forEach((leg, i) => {
      this.#legsTo[leg.to] = i;
      for (const stay of [leg.from, ...leg.via]) this.#legsThrough[stay] = i;
    });
    let sum = 0;
    this.#kmBefore = this.legs.map((leg) => (sum += leg.km) - leg.km);
    this.km = sum;
    this.reckoning = new Reckoning(this.road, data.phases.length);
  }

  /** Where he is on a day; null where there is no road at all. */
  at(day: number): Moment | null {
    const index = Math.max(0, lastUpTo(this.#starts, day));
    const stay = this.road[index];
    if (!stay) return null;
    const away = day > stay.end && index + 1 < this.road.length;
    const underWay = away || !isStop(stay);
    const leg = (underWay ? this.#legsThrough[index] : undefined) ?? this.#legsTo[index] ?? -1;
    const onLeg = underWay && leg >= 0 && this.legs[leg]!.to !== index;
    const part = onLeg ? index - this.legs[leg]!.from : 0;
    const share = onLeg && away ? shareGone(stay, this.road[index + 1]!, day) : 0;
    return {
      day,
      uncertainty: uncertaintyOn(day, stay, this.road[index + 1]),
      stay,
      stop: this.stops[lastUpTo(this.#stopStarts, day)] ?? null,
      travelling: onLeg && away,
      onLeg,
      leg,
      point: share ? this.legs[leg]!.course.at(part, share) : [stay.lat, stay.lon],
      part,
      share,
      km: this.#kmUpTo(leg, onLeg, part, share),
      areas: this.areas.filter((area) => area.start <= day && day <= area.end),
    };
  }

  #kmUpTo(leg: number, onLeg: boolean, part: number, share: number): number {
    if (leg < 0) return 0;
    const { km, kmTo } = this.legs[leg]!;
    const [from, to] = [kmTo[part]!, kmTo[part + 1]!];
    return this.#kmBefore[leg]! + (onLeg ? from + (to - from) * share : km);
  }

  /** First and last day of a leg. */
  spanOf({ from, to }: Leg): [number, number] {
    return [this.road[from]!.end, this.road[to]!.start];
  }

  /** The ends of a leg. */
  endsOf(leg: Leg): { from: RoadStay; to: RoadStay; via: RoadStay[] } {
    return {
      from: this.road[leg.from]!,
      to: this.road[leg.to]!,
      via: leg.via.map((index) => this.road[index]!),
    };
  }

  /** Index of a stay of the road. */
  indexOf(stay: RoadStay): number {
    return this.#indexes.get(stay) ?? -1;
  }

  /** The leg that ends at a stay. */
  legTo(stay: Stay): Leg | undefined {
    return this.legs[this.#legsTo[this.#indexes.get(stay) ?? -1] ?? -1];
  }

  nextStop(day: number): Stop | undefined {
    return this.stops[lastUpTo(this.#stopStarts, day) + 1];
  }

  /** The stop before the one of this day. */
  previousStop(day: number): Stop | undefined {
    return this.stops[lastUpTo(this.#stopStarts, day - 1)];
  }

  /** Its first and its last day, as the record has them. */
  get span(): [first: string, last: string] {
    const { first, last } = this.data;
    const [begin, end] = [this.road[0], this.road.at(-1)];
    return [
      begin?.start === first ? dateOf(begin, "came") : dayInWords(first),
      end?.end === last ? dateOf(end, "left") : dayInWords(last),
    ];
  }

  /** The day that somebody wrote: a date, or the words of a coming or leaving, with its stay if known. */
  dayOf(text: string, stay = ""): number | null {
    // "July 1903" is a day of its own, its first, where no stay says whose coming it is.
    const [written, named] = [() => readDay(text), () => dayNamed(text, stay, this.road)];
    return stay ? (named() ?? written()) : (written() ?? named());
  }

  /** One sentence for a screen reader. */
  sentence(moment: Moment): string {
    const { stop, stay, travelling, leg } = moment;
    const name = dayName(moment);
    if (travelling) {
      const { from, to } = this.endsOf(this.legs[leg]!);
      return `${name}, on the way from ${from.place} to ${to.place}`;
    }
    const number = stop
      ? `, ${stop === stay ? "" : "after "}stop ${stop.number} of ${this.stops.length}`
      : "";
    return `${name}, ${stay.place}${number}`;
  }
}

/** He passes from stay to stay at an even pace. */
function shareGone(here: Stay, there: Stay, day: number): number {
  const days = there.start - here.end;
  return days > 0 ? clamp((day - here.end) / days, 0, 1) : 1;
}
