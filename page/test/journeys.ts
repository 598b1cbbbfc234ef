/** Journeys for the tests. */

import { PLACE, STAY } from "../journey/data";
import type { Area, JourneyData, Mention, Phase, RoadStay, Stop, WayPoint } from "../journey/data";

type Own<Kind> = Partial<Kind> & { id: string };

export function stop(number: number, start: number, end: number, own: Partial<Stop> = {}): Stop {
  const id = `stop-${number}`;
  return {
    ...STAY,
    id,
    place: id,
    type: "stop",
    number,
    start,
    end,
    ...own,
  };
}

export function wayPoint(own: Own<WayPoint>): WayPoint {
  return {
    ...STAY,
    place: own.id,
    ...own,
    type: "way-point",
  };
}

export function area(own: Own<Area>): Area {
  return {
    ...STAY,
    place: own.id,
    ...own,
    type: "area",
  };
}

export function mention(own: Own<Mention>): Mention {
  return { ...PLACE, place: own.id, unreached: false, ...own, type: "mention" };
}

/** A journey of these stays. */
export function journey(
  road: RoadStay[],
  own: { phases?: Phase[]; areas?: Area[]; mentions?: Mention[] } = {},
): JourneyData {
  const days = road.flatMap(({ start, end }) => [start, end]);
  return {
    title: "",
    subtitle: "",
    first: Math.min(0, ...days),
    last: Math.max(0, ...days),
    phases: own.phases ?? [{ name: "free", captive: false }],
    texts: {},
    road,
    areas: own.areas ?? [],
    mentions: own.mentions ?? [],
    silences: [],
    shapes: {},
    online: null,
  };
}
