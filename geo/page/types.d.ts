/** Shapes shared by the page's scripts; the data come from `geo/document/data.py`. */
declare type Box = { west: number; north: number; east: number; south: number };
declare type Shape = { rings: number[][]; box: Box };
declare type TopoGeometry = {
  type: "Polygon" | "MultiPolygon" | "LineString" | "MultiLineString";
  arcs: any[];
  properties?: { rank?: number; name?: string };
};
declare type Topology = { transform: { scale: number[]; translate: number[] }; arcs: number[][][] };
declare type Basemap = Topology & {
  objects: Record<"lakes" | "rivers", { geometries: TopoGeometry[] }>;
  waters: Water[];
};
/** `docs/borders.md` tells the format. */
declare type Polities = Topology & {
  seams: number[];
  objects: { atoms: { geometries: (TopoGeometry & { properties: { a3: string; t: number | null } })[] } };
  timelines: [number, number | null, number][][];
  changes: number[];
  polities: Polity[];
};
declare type Polity = {
  key: string;
  tint: number;
  spans: [number, string, string, number | null][];
  labels: ([number, number, number, number, number] | [number, null])[];
};
declare type Borders = "day" | "modern" | "none" | "online";
/** Tiles of a server, which the browser asks once they are chosen. */
declare type OnlineTiles = { url: string; credit: string; max_zoom: number };
/** How the days pass: not at all, by themselves, or under the hand. */
declare type Pace = "rest" | "play" | "hand";
declare type Water = { name: string; lat: number; lon: number; rank: number; angle: number };
declare type Ink = Record<"sea" | "ripple" | "river" | "coast" | "land" | "border" | "grid", string> & {
  /** By number; bare land first. */
  tints: string[];
  bands: string[];
};
declare type Pane = {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Pixels that the world's width takes. */
  scale: number;
  /** Device pixels to a CSS pixel. */
  ratio: number;
  /** The part of it that is painted, where it is not the whole. */
  clip?: { left: number; top: number; width: number; height: number };
  ripples: number[][];
  detail: number;
  degrees: number;
  ink: Ink;
  borders: Borders;
};
declare type PlaceData = {
  id: string;
  place: string;
  modern: string;
  country: string;
  kind: string;
  role: string;
  /** Index into the phases; -1 off the route. */
  phase: number;
  number: number | null;
  start: number | null;
  end: number | null;
  dates: string;
  oldStyle: string;
  sureness: string;
  title: string;
  story: string;
  claim: string;
  references: { text: string; paragraph: number }[];
  sources: { words: string; url: string | null }[];
  lat: number;
  lon: number;
  shape: string | null;
  /** In which state it lay on the first day of the stay, in words. */
  state: string;
};
declare type LegData = {
  from: number;
  to: number;
  via: number[];
  km: number;
  curve: [number, number][];
  days: number[];
};
declare type JourneyData = {
  title: string;
  subtitle: string;
  first: number;
  last: number;
  phases: { name: string; captive: boolean }[];
  texts: Record<string, string>;
  places: PlaceData[];
  nodes: number[];
  areas: number[];
  mentions: number[];
  legs: LegData[];
  silences: [number, number][];
  shapes: Record<string, { name: string; bounds: number[]; polygons: [number, number][][] }>;
  km: number;
  online: OnlineTiles | null;
};
declare type Moment = {
  day: number;
  node: PlaceData;
  stop: PlaceData | null;
  travelling: boolean;
  /** Whether the latest leg is not yet done: he is on the way, or rests at a way-point. */
  onLeg: boolean;
  leg: number;
  point: [number, number];
  /** Index, with fraction, of the traveller's point on the leg's curve. */
  reach: number;
  km: number;
  captiveDays: number;
  areas: PlaceData[];
};
declare type Point = { x: number; y: number };
declare type Spot = Point & {
  key: string;
  lat: number;
  lon: number;
  places: PlaceData[];
  /** The row that the mark speaks of on the day shown. */
  shown: PlaceData;
  state: string;
  /** Of the size of its mark. */
  factor: number;
  /** Whether it is only named and too near a stay to be told apart from it. */
  hidden: boolean;
  mark: SVGPathElement | null;
};
declare type AreaShown = { place: PlaceData; manner: "region" | "country" | "mention"; lettering: number };
declare type LabelBox = { left: number; top: number; right: number; bottom: number };
declare type LabelSpot = Point & { anchor: string; box: LabelBox; size?: number; note?: string };
declare type Label = Point & {
  id: string;
  text: string;
  note: string;
  manner: "now" | "stop" | "way" | "area" | "mention" | "water" | "state";
  weight: number;
  angle: number;
  /** Whether the label stands on its point rather than beside it. */
  fixed: boolean;
  place: PlaceData | null;
  size: number;
  /** Length of the land that a state's name may lie along, in px. */
  room?: number;
  /** Of the area that is named, in px; its name stays inside. */
  extent?: LabelBox | null;
};
declare type LabelView = {
  zoom: number;
  whole: boolean;
  /** Factor on every size of type. */
  lettering: number;
  edges: LabelBox;
  /** The part of the view beside the card. */
  open: LabelBox;
  furniture: LabelBox[];
  areas: AreaShown[];
  /** Whether the hand is on the time bar: names then take the first room they find. */
  moving: boolean;
  /** Names of the states of the day. */
  states: StateName[];
  near: (point: Point) => boolean;
};
declare type PaintOrder = {
  canvas: HTMLCanvasElement;
  task: { pane: Pane } | { shade: Shade } | object;
  done: () => void;
  wanted: () => boolean;
};
declare type Shade = {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Outlines in px from the shade's corner. */
  rings: number[][][];
  colour: string;
  weight: number;
};
/** Layers made with Leaflet's `extend`, whose types know nothing of what they were given. */
declare type MapLayer = new (...parts: any[]) => any;
/** A state's name on the map: around a point, in a box so many degrees of longitude wide. */
declare type StateName = { key: string; name: string; note: string; lat: number; lon: number; width: number; angle: number };
/** What the reader wants on the map. */
declare type Shown = { follow: boolean; ahead: boolean; mentions: boolean; borders: Borders };
declare type PixelBox = { x: number; y: number; width: number; height: number };
/** A part of the states' sheet that is new, where it goes, and where on its picture it is, if not all of it. */
declare type Patch = { x: number; y: number; picture: CanvasImageSource; from?: PixelBox };
