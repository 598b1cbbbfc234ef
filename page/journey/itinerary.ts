/** Where the traveller is on any day: pure look-ups over the journey's data. */

import { dayInWords } from "../lib/dates";
import { wrapLongitude } from "../lib/mercator";
import { clamp, lastUpTo } from "../lib/numbers";
import {
  type Area,
  type JourneyData,
  type LatLon,
  type Leg,
  type RoadStay,
  type Stay,
  type Stop,
  isStop,
} from "./data";
import { phaseClasses } from "./phases";

/** Where he is on a day, and what lies behind him. */
export interface Moment {
  day: number;
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
  /** Index, with fraction, of the traveller's point on the leg's curve. */
  reach: number;
  /** Length of the road so far. */
  km: number;
  captiveDays: number;
  areas: Area[];
}

/** A place on a leg: its point, its share of the leg's length, and its index on the curve. */
interface Progress {
  point: LatLon;
  share: number;
  reach: number;
}

export class Itinerary {
  readonly road: RoadStay[];
  readonly stops: Stop[];
  readonly areas: Area[];
  /** The style class of each phase. */
  readonly phaseClasses: string[];
  readonly #stopStarts: number[];
  readonly #starts: number[];
  /** Of each stay of the road, the leg that leads to it, and the one that goes on from it. */
  readonly #legsTo: (number | undefined)[] = [];
  readonly #legsThrough: (number | undefined)[] = [];
  /** Of each leg, the day with its fraction, and the share of its length, at each point of its curve. */
  readonly #days: number[][];
  readonly #shares: number[][];
  readonly #kmBefore: number[];
  readonly #captive: Stop[];

  constructor(readonly data: JourneyData) {
    this.road = data.road;
    this.areas = data.areas;
    this.stops = data.road.filter(isStop);
    this.phaseClasses = phaseClasses(data.phases);
    this.#stopStarts = this.stops.map((stop) => stop.start);
    this.#starts = this.road.map((stay) => stay.start);
    data.legs.forEach((leg, i) => {
      this.#legsTo[leg.to] = i;
      for (const stay of [leg.from, ...leg.via]) this.#legsThrough[stay] = i;
    });
    this.#days = data.legs.map((leg) => this.#daysAlong(leg));
    this.#shares = data.legs.map(lengthShares);
    let sum = 0;
    this.#kmBefore = data.legs.map((leg) => (sum += leg.km) - leg.km);
    this.#captive = this.stops.filter((stop) => data.phases[stop.phase]?.captive);
  }

  /** Where he is on a day; null where there is no road at all. */
  at(day: number): Moment | null {
    const index = Math.max(0, lastUpTo(this.#starts, day));
    const stay = this.road[index];
    if (!stay) return null;
    const away = day > stay.end && index + 1 < this.road.length;
    const underWay = away || !isStop(stay);
    const leg = (underWay ? this.#legsThrough[index] : undefined) ?? this.#legsTo[index] ?? -1;
    const onLeg = underWay && leg >= 0 && this.data.legs[leg]!.to !== index;
    const own: LatLon = [stay.lat, stay.lon];
    const along = onLeg ? this.#along(leg, day) : { point: own, share: 1, reach: 0 };
    return {
      day,
      stay,
      stop: this.stops[lastUpTo(this.#stopStarts, day)] ?? null,
      travelling: onLeg && away,
      onLeg,
      leg,
      point: onLeg && away ? along.point : own,
      reach: along.reach,
      km: leg < 0 ? 0 : this.#kmBefore[leg]! + this.data.legs[leg]!.km * along.share,
      captiveDays: this.#captive.reduce((days, stop) => days + daysLived(stop, day), 0),
      areas: this.areas.filter((area) => area.start <= day && day <= area.end),
    };
  }

  #along(leg: number, day: number): Progress {
    const { curve } = this.data.legs[leg]!;
    const days = this.#days[leg]!;
    const i = clamp(lastUpTo(days, day), 0, days.length - 2);
    const [from, to] = [days[i]!, days[i + 1]!];
    const part = to > from ? clamp((day - from) / (to - from), 0, 1) : 1;
    const [lat, lon] = curve[i]!;
    const [lat1, lon1] = curve[i + 1]!;
    const shares = this.#shares[leg]!;
    return {
      point: [lat + (lat1 - lat) * part, wrapLongitude(lon + (lon1 - lon) * part)],
      share: shares[i]! + (shares[i + 1]! - shares[i]!) * part,
      reach: i + part,
    };
  }

  /** He passes from stay to stay at an even pace. */
  #daysAlong({ from, parts }: Leg): number[] {
    return parts.flatMap((points, k) => {
      const [here, there] = [this.road[from + k]!, this.road[from + k + 1]!];
      return Array.from(
        { length: points },
        (_, i) => here.end + ((there.start - here.end) * i) / (points - 1),
      );
    });
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

  /** The leg that ends at a stay. */
  legTo(stay: Stay): Leg | undefined {
    return stay.type === "area" ? undefined : this.data.legs[this.#legsTo[this.road.indexOf(stay)] ?? -1];
  }

  nextStop(day: number): Stop | undefined {
    return this.stops[lastUpTo(this.#stopStarts, day) + 1];
  }

  /** The stop before the one of this day. */
  previousStop(day: number): Stop | undefined {
    return this.stops[lastUpTo(this.#stopStarts, day - 1)];
  }

  /** One sentence for a screen reader. */
  sentence({ stop, stay, travelling, leg, day }: Moment): string {
    if (travelling) {
      const { from, to } = this.endsOf(this.data.legs[leg]!);
      return `${dayInWords(day)}, on the way from ${from.place} to ${to.place}`;
    }
    const number = stop
      ? `, ${stop === stay ? "" : "after "}stop ${stop.number} of ${this.stops.length}`
      : "";
    return `${dayInWords(day)}, ${stay.place}${number}`;
  }
}

/** Share of a leg's length at each of its points. */
function lengthShares(leg: Leg): number[] {
  const lengths = [0];
  for (let i = 1; i < leg.curve.length; i += 1) {
    const [lat, lon] = leg.curve[i]!;
    const [lat0, lon0] = leg.curve[i - 1]!;
    const shrink = Math.cos(((lat + lat0) * Math.PI) / 360);
    lengths.push(lengths[i - 1]! + Math.hypot(lat - lat0, (lon - lon0) * shrink));
  }
  const whole = lengths[lengths.length - 1] || 1;
  return lengths.map((length) => length / whole);
}

/** Days of a stay gone by on `day`. */
function daysLived({ start, end }: Stay, day: number): number {
  return Math.max(0, Math.min(day, end) - start);
}
