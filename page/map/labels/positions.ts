/** Where a label may stand, the best position first: pure geometry in px. */

import { type Box, type XY, isWithin } from "../../lib/geometry";
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

/** How far, in px, an area's name may move from its place to find room. */
const AREA_SHIFTS: [number, number][] =
  [[0, 0], [0, 40], [0, -40], [-90, 0], [90, 0], [-90, 50], [90, 50], [0, 90], [-150, 0], [-150, 90]]; // prettier-ignore
/** The smallest size of a state's name, in px. */
export const SMALLEST_STATE = 8.5;
/** A state's name of this size in px has room below it for what the state was, … */
export const NOTED_STATE = 13;
/** … in type of this share of its own size and no smaller than this, as the style sheet has it. */
const STATE_NOTE = { scale: 0.55, smallest: 11 };
/** Where along its land a state's name is tried, from the middle, as parts of the room to spare. */
const ALONG = [0, -0.1, 0.1, -0.2, 0.2, -0.28, 0.28, -0.36, 0.36, -0.43, 0.43];
/** … how far beside that line in a large state, in em, … */
const BESIDE = [0, -2.2, 2.2, -4.4, 4.4];
/** … and how much smaller it may be to find room. */
const STATE_SCALES = [1, 0.8, 0.64];

/** Every position of a label, the best first. */
export function positionsOf(label: Label, measure: Measure): Position[] {
  if (label.kind === "state") return alongLand(label, measure);
  const wide = Math.max(
    measure(label.kind, label.text, label.size),
    measure(label.kind, label.note, label.size * NOTE_SCALE),
  );
  const tall = label.size * (label.note ? NOTED_LINE : LINE);
  if (label.centred) return aroundPoint(label, wide, tall);
  return besideMark(label, wide, tall);
}

/** A centred name stands on its point; an area's may also stand elsewhere in it. */
function aroundPoint(label: Label, wide: number, tall: number): Position[] {
  const shifts: [number, number][] = label.kind === "area" ? AREA_SHIFTS : [[0, 0]];
  return shifts
    .map(([dx, dy]) => ({ ...label, x: label.x + dx, y: label.y + dy }))
    .filter((moved) => !label.extent || isWithin(moved, label.extent))
    .map((moved) => centred(moved, wide, tall));
}

/**
 * A state's name lies along its land, in a large one also beside that line; first with its note,
 * then without, then smaller. A small name never has one.
 */
function alongLand(label: Label, measure: Measure): Position[] {
  const sizes = STATE_SCALES.map((scale) => label.size * scale).filter((size) => size >= SMALLEST_STATE);
  return sizes.flatMap((size) => {
    const notes = size >= NOTED_STATE && label.note ? [label.note, ""] : [""];
    return notes.flatMap((note) => alongLandAt({ ...label, size, note }, label.size, measure));
  });
}

function alongLandAt(label: Label, fullSize: number, measure: Measure): Position[] {
  const { size, note } = label;
  const turn = (label.angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const name = measure("state", label.text, size);
  const wide = Math.max(name, measure("state", note, Math.max(STATE_NOTE.scale * size, STATE_NOTE.smallest)));
  const tall = size * (note ? NOTED_LINE : LINE);
  const room = label.room ?? name;
  const spare = Math.max(0, room - name);
  const lines = room > (4 * name * fullSize) / size ? BESIDE : [0];
  return lines.flatMap((line) =>
    ALONG.map((part) => {
      const [along, across] = [spare * part, line * size];
      const moved = {
        ...label,
        x: label.x + cos * along - sin * across,
        y: label.y + sin * along + cos * across,
      };
      return centred(moved, wide, tall);
    }),
  );
}

function centred(label: Label, wide: number, tall: number): Position {
  const { x, y, size, note } = label;
  const turn = (label.angle * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  const [halfX, halfY] = [(cos * wide + sin * tall) / 2, (sin * wide + cos * tall) / 2];
  const box = { left: x - halfX, top: y - halfY, right: x + halfX, bottom: y + halfY };
  return { x, y: y + size * (note ? -0.1 : 0.33), anchor: "middle", box, size, note };
}

/** The eight places around a mark. */
function besideMark(label: Label, wide: number, tall: number): Position[] {
  const { x, y, size, note } = label;
  const { gap } = TYPES[label.kind];
  const side = gap * 0.75;
  const rise = size * 0.34;
  const extra = tall - size * LINE;
  const at = (anchor: Position["anchor"], px: number, py: number): Position => ({
    x: px, y: py, anchor, size, note, box: boxAt(anchor, { x: px, y: py }, size, wide, tall),
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
