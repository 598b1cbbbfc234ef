/** The journey as the document carries it; `geo/document/data.py` writes it. */

/** A point as [latitude, longitude] in decimal degrees. */
export type LatLon = [number, number];

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
  sources: { words: string; url: string | null }[];
  lat: number;
  lon: number;
  /** Key of its outline, where there is one. */
  shape: string | null;
}

interface StayData extends PlaceData {
  /** Index into the phases. */
  phase: number;
  /** First and last day. */
  start: number;
  end: number;
  /** In which state it lay, in words. */
  state: string;
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

/** Whether he made a stay there, on the road or around it. */
export function isStay(place: Place): place is Stay {
  return place.type !== "mention";
}

export function isStop(place: Place): place is Stop {
  return place.type === "stop";
}
