/** The journey's data, and how it is read from the document; `geo/document/data.py` writes it. */

/** A point as [latitude, longitude] in decimal degrees. */
export type LatLon = [number, number];

/** A way of travelling; empty where nobody tells. */
export type By = "" | "rail" | "ship" | "road" | "sledge" | "foot" | "air";

/** What a date rests on: words, and a web address or none. */
export interface Source {
  words: string;
  url: string;
}

interface PlaceData {
  id: string;
  place: string;
  modern: string;
  country: string;
  kind: "site" | "settlement" | "island" | "region" | "country" | "sea";
  /** Whether it is drawn as an area, never as a point. */
  areal: boolean;
  /** How he had to do with it, in words, where he made no stop there. */
  role: string;
  dates: string;
  oldStyle: string;
  certainty: string;
  title: string;
  story: string;
  claim: string;
  references: { text: string; paragraph: number }[];
  sources: Source[];
  lat: number;
  lon: number;
  /** Key of its outline, where there is one. */
  shape: string | null;
  /** How many live there today, where it is a great city. */
  people: number;
}

/** A coming or leaving of which the record does not know the day: its date, and between which days it was. */
export interface Doubt {
  words: string;
  first: number;
  last: number;
}

interface StayData extends PlaceData {
  /** Index into the phases. */
  phase: number;
  /** First and last day. */
  start: number;
  end: number;
  /** What is not known of his coming and of his leaving; null where their days are. */
  came: Doubt | null;
  left: Doubt | null;
  /** In which state it lay, in words. */
  state: string;
  /** The main way in which he came, from the stay before. */
  by: By;
  /** The same in words: "by the freighter Montserrat". */
  how: string;
  /** The points that the way from the stay before leads through: latitude, longitude in turn. */
  way: number[];
  /** How he came to each of these points and last to the stay, where that was not all in the main way. */
  bys: By[];
}

/** A numbered stay. */
export interface Stop extends StayData {
  type: "stop";
  number: number;
}

/** A stay without a number: the leg that passes through it bends there. */
export interface WayPoint extends StayData {
  type: "way-point";
}

/** A country, region or sea that holds other stays. */
export interface Area extends StayData {
  type: "area";
}

/** A place that is only named: he was never there. */
export interface Mention extends PlaceData {
  type: "mention";
  /** Whether he was on his way there and never arrived. */
  unreached: boolean;
}

/** What the road passes through. */
export type RoadStay = Stop | WayPoint;
export type Stay = RoadStay | Area;
export type Place = Stay | Mention;

export interface Phase {
  name: string;
  captive: boolean;
}

/** An outline: rings of [longitude, latitude]; bounds are south, west, north, east. */
export interface Outline {
  name: string;
  bounds: [number, number, number, number];
  polygons: [number, number][][];
}

/** Tiles of a server, which the browser asks for once they are chosen. */
export interface OnlineTiles {
  url: string;
  credit: string;
  max_zoom: number;
}

export interface JourneyData {
  title: string;
  subtitle: string;
  /** First and last day. */
  first: number;
  last: number;
  phases: Phase[];
  /** The texts' authors by their keys. */
  texts: Record<string, string>;
  road: RoadStay[];
  areas: Area[];
  mentions: Mention[];
  /** Spans of days of which the texts say nothing. */
  silences: [number, number][];
  shapes: Record<string, Outline>;
  online: OnlineTiles | null;
}

/** A row without what is empty, 0, false or usual. */
type Lean<Row> = Partial<Omit<Row, "sources" | "type">> & { sources?: number[] };

/** The journey as the document carries it, in as few words as will do. */
interface LeanJourney extends Omit<JourneyData, "road" | "areas" | "mentions"> {
  sources: Partial<Source>[];
  road: (Lean<RoadStay> & { type?: "way-point" })[];
  areas: Lean<Area>[];
  mentions: Lean<Mention>[];
}

/** A place, and a stay, of which nothing is said. */
export const PLACE: PlaceData = {
  id: "",
  place: "",
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
  people: 0,
};
export const STAY: StayData = {
  ...PLACE,
  phase: 0,
  start: 0,
  end: 0,
  came: null,
  left: null,
  state: "",
  by: "",
  how: "",
  way: [],
  bys: [],
};

/** Read the document's data: what it leaves out is filled in, sources are found, stops counted. */
export function readJourney(text: string): JourneyData {
  const { sources, ...lean } = JSON.parse(text) as LeanJourney;
  const table = sources.map((source): Source => ({ words: "", url: "", ...source }));
  const sourcesOf = (row: { sources?: number[] }) => (row.sources ?? []).map((number) => table[number]!);
  let stops = 0;
  return {
    ...lean,
    road: lean.road.map((row): RoadStay => {
      const stay = { ...STAY, ...row, sources: sourcesOf(row) };
      return row.type ? { ...stay, type: row.type } : { ...stay, type: "stop", number: (stops += 1) };
    }),
    areas: lean.areas.map((row) => ({ ...STAY, ...row, sources: sourcesOf(row), type: "area" })),
    mentions: lean.mentions.map((row) => ({
      ...PLACE,
      unreached: false,
      ...row,
      sources: sourcesOf(row),
      type: "mention",
    })),
  };
}

/** Whether he made a stay there, on the road or around it. */
export function isStay(place: Place): place is Stay {
  return place.type !== "mention";
}

export function isStop(place: Place): place is Stop {
  return place.type === "stop";
}
