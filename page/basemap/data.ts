/** Coast, waters and states as the document carries them: TopoJSON; `docs/borders.md` tells the format. */

/** Arcs of a ring or a line; ~i stands for arc i taken backwards. */
export type ArcList = number[];

export interface PolygonGeometry<Properties> {
  type: "Polygon";
  arcs: ArcList[];
  properties: Properties;
}
export interface MultiPolygonGeometry<Properties> {
  type: "MultiPolygon";
  arcs: ArcList[][];
  properties: Properties;
}
export type ArealGeometry<Properties = unknown> =
  PolygonGeometry<Properties> | MultiPolygonGeometry<Properties>;

export interface LineGeometry {
  type: "LineString";
  arcs: ArcList;
  properties?: { rank?: number };
}
export interface MultiLineGeometry {
  type: "MultiLineString";
  arcs: ArcList[];
  properties?: { rank?: number };
}

export interface Topology {
  transform: { scale: [number, number]; translate: [number, number] };
  /** Quantised, delta-encoded [longitude, latitude] pairs. */
  arcs: [number, number][][];
}

/** A sea, lake or bay with a name. */
export interface Water {
  name: string;
  lat: number;
  lon: number;
  rank: number;
  angle: number;
}

export interface Basemap extends Topology {
  objects: {
    lakes: { geometries: ArealGeometry[] };
    rivers: { geometries: (LineGeometry | MultiLineGeometry)[] };
  };
  waters: Water[];
}

/**
 * From a day on: name, status, the index of the polity it was under, the source's index, its rank
 * (1 for a great power, 2 for another state, 3 for land that is dependent, occupied or contested),
 * and a short name, empty where there is none.
 */
export type PolitySpan = [
  day: number,
  name: string,
  status: string,
  under: number | null,
  source: number,
  rank: number,
  short: string,
];
/** From a day on: where the name stands, the width of the land in degrees, its angle; null where none does. */
export type PolityLabel =
  [day: number, lat: number, lon: number, width: number, angle: number] | [day: number, none: null];

export interface Polity {
  key: string;
  tint: number;
  spans: PolitySpan[];
  labels: PolityLabel[];
}

/** How a status is said, alone and before the name of the other state, and how it is drawn. */
export interface Status {
  alone: string;
  under: string;
  drawn: "sovereign" | "dependent" | "occupied" | "contested";
}

export interface Polities extends Topology {
  /** Arcs that are no border: cuts of the data at the antimeridian. */
  seams: number[];
  objects: { atoms: { geometries: ArealGeometry<{ a3: string; t: number | null }>[] } };
  /** From a day on: the polity that held a piece, and the source's index. */
  timelines: [day: number, polity: number | null, source: number][][];
  /** Days on which any land, name or status changes, sorted. */
  changes: number[];
  polities: Polity[];
  statuses: Record<string, Status>;
}
