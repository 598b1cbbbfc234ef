/** What a label is: text that would like to stand at a point, and where it came to stand. */

import type { Place } from "../../journey/data";
import type { Box, XY } from "../../lib/geometry";

export type LabelKind = "now" | "stop" | "way" | "area" | "mention" | "water" | "state";

interface LabelType {
  /** Size in px. */
  size: number;
  /** Style and weight, as in a CSS font. */
  font: string;
  /** Letter spacing in em. */
  spacing: number;
  /** Distance from its mark in px. */
  gap: number;
}

/** The type of each kind, as the style sheet has it. */
export const TYPES: Record<LabelKind, LabelType> = {
  now: { size: 26, font: "700", spacing: 0, gap: 20 },
  stop: { size: 14.5, font: "400", spacing: 0, gap: 8 },
  way: { size: 13, font: "italic 400", spacing: 0, gap: 7 },
  area: { size: 20, font: "italic 400", spacing: 0.16, gap: 0 },
  mention: { size: 13, font: "italic 400", spacing: 0, gap: 10 },
  state: { size: 13, font: "400", spacing: 0.16, gap: 0 },
  water: { size: 13, font: "italic 400", spacing: 0.1, gap: 0 },
};

/** Height of a line of type and of its part above the baseline, in em. */
export const LINE = 1.2;
export const ASCENT = 0.92;
/** Size of a note below a name, as a share of the name's. */
export const NOTE_SCALE = 0.85;
/** Distance of the lines of a name, in em. */
export const LINE_GAP = 1.15;
/** Height of a name with its note, in em. */
export const NOTED_LINE = 2.15;

export interface Label extends XY {
  id: string;
  kind: LabelKind;
  text: string;
  /** Said below the text. */
  note: string;
  /** Higher ones are placed first. */
  weight: number;
  /** Size in px. */
  size: number;
  /** In degrees. */
  angle: number;
  /** Whether it stands on its point rather than beside it. */
  centred: boolean;
  /** The place it names, where it names one. */
  place: Place | null;
  /** Of the area that is named, in px: its name stays inside. */
  extent?: Box | null;
  /** The land of the state that is named. */
  land?: Land;
}

/** One way to write a state's name. */
export interface Writing {
  lines: readonly string[];
  note: string;
  /** Its sizes in px: as its land allows, and the smallest. */
  size: number;
  smallest: number;
  /** Where it may run over its borders: how near its middle some of its land must lie. */
  overBorders?: Reach;
}

/** A distance from a name's middle, in parts of its width and in em. */
export interface Reach {
  across: number;
  upright: number;
}

/** What a state's name may be, and lie on, in px. */
export interface Land {
  /** The best first. */
  writings: readonly Writing[];
  /** Length of the land along the name's line. */
  room: number;
  /** The part of the view that is looked at. */
  view: Box;
  /** Points of the land in view, for a name that finds no room on its line. */
  points: readonly XY[];
  owns: (point: XY) => boolean;
  /** Whether a point is another's land. */
  isForeign: (point: XY) => boolean;
}

/** Where a label may stand, and what it says there. */
export interface Position extends XY {
  anchor: "start" | "middle" | "end";
  box: Box;
  size: number;
  /** In degrees. */
  angle: number;
  lines: readonly string[];
  note: string;
}

/** Measures words: their width in px in a kind's type at a size. */
export type Measure = (kind: LabelKind, words: string, size: number) => number;
