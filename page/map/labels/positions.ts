/** Where a label may stand, the best position first: pure geometry in px. */

import { type Box, type XY, isWithin } from "../../lib/geometry";
import { centred } from "./centred";
import {
  ASCENT,
  LINE,
  type Label,
  type Measure,
  NOTED_LINE,
  NOTE_SCALE,
  type Position,
  TYPES,
} from "./label";
import { onLand } from "./statepositions";

/** How far, in px, an area's name may move from its place to find room. */
const AREA_SHIFTS: [number, number][] =
  [[0, 0], [0, 40], [0, -40], [-90, 0], [90, 0], [-90, 50], [90, 50], [0, 90], [-150, 0], [-150, 90]]; // prettier-ignore

/** How far from his mark the name of the place he is in may be, in its usual distances. */
const NOW_GAPS = [1, 1.8, 2.6, 3.4];

/** Every position of a label, the best first. */
export function positionsOf(label: Label, measure: Measure): Iterable<Position> {
  if (label.land) return onLand(label, label.land, measure);
  const wide = Math.max(
    measure(label.kind, label.text, label.size),
    measure(label.kind, label.note, label.size * NOTE_SCALE),
  );
  if (label.centred) return aroundPoint(label, wide);
  if (label.kind !== "now") return besideMark(label, wide);
  // Where he is is named before all else, if need be at some distance.
  return NOW_GAPS.flatMap((times) => besideMark(label, wide, times));
}

/** A centred name stands on its point; an area's may also stand elsewhere in it. */
function aroundPoint(label: Label, wide: number): Position[] {
  const shifts: [number, number][] = label.kind === "area" ? AREA_SHIFTS : [[0, 0]];
  return shifts
    .map(([dx, dy]) => ({ ...label, x: label.x + dx, y: label.y + dy }))
    .filter((moved) => !label.extent || isWithin(moved, label.extent))
    .map((moved) => centred({ ...moved, lines: [label.text] }, wide));
}

/** The eight places around a mark, so many times the usual distance from it. */
function besideMark(label: Label, wide: number, times = 1): Position[] {
  const { x, y, size, text, note } = label;
  const tall = size * (note ? NOTED_LINE : LINE);
  const gap = TYPES[label.kind].gap * times;
  const side = gap * 0.75;
  const rise = size * 0.34;
  const extra = tall - size * LINE;
  const at = (anchor: Position["anchor"], px: number, py: number): Position => ({
    x: px, y: py, anchor, size, angle: 0, lines: [text], note, box: boxAt(anchor, { x: px, y: py }, size, wide, tall),
  }); // prettier-ignore
  return [
    at("start", x + gap, y + rise),
    at("end", x - gap, y + rise),
    at("start", x + side, y - side),
    at("start", x + side, y + side + size * 0.7),
    at("end", x - side, y - side),
    at("end", x - side, y + side + size * 0.7),
    at("middle", x, y - gap - 2 - extra),
    at("middle", x, y + gap + size * 0.8),
  ];
}

function boxAt(anchor: Position["anchor"], { x, y }: XY, size: number, wide: number, tall: number): Box {
  const left = anchor === "start" ? x : anchor === "end" ? x - wide : x - wide / 2;
  const top = y - size * ASCENT;
  return { left, top, right: left + wide, bottom: top + tall };
}
