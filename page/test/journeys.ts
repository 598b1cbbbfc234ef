/** Journeys for the tests. */

import type { Area, JourneyData, Mention, Phase, RoadStay, Stop, WayPoint } from "../journey/data";

const place = {
  modern: "",
  country: "",
  kind: "settlement",
  areal: false,
  role: "was there",
  dates: "",
  oldStyle: "",
  certainty: "",
  title: "",
  story: "",
  claim: "",
  references: [],
  sources: [],
  lat: 0,
  lon: 0,
  shape: null,
} as const;

type Own<Kind> = Partial<Kind> & { id: string };

export function stop(number: number, start: number, end: number, own: Partial<Stop> = {}): Stop {
  const id = `stop-${number}`;
  return {
    ...place,
    references: [],
    sources: [],
    id,
    place: id,
    state: "",
    phase: 0,
    type: "stop",
    number,
    start,
    end,
    ...own,
  };
}

export function wayPoint(own: Own<WayPoint>): WayPoint {
  return {
    ...place,
    references: [],
    sources: [],
    place: own.id,
    state: "",
    phase: 0,
    start: 0,
    end: 0,
    ...own,
    type: "way-point",
  };
}

export function area(own: Own<Area>): Area {
  return {
    ...place,
    references: [],
    sources: [],
    place: own.id,
    state: "",
    phase: 0,
    start: 0,
    end: 0,
    ...own,
    type: "area",
  };
}

export function mention(own: Own<Mention>): Mention {
  return { ...place, references: [], sources: [], place: own.id, unreached: false, ...own, type: "mention" };
}

/** A journey of these stays, of these stays. */
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
