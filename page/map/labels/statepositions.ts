/** Where a state's name may stand on its land, and how it is written there: pure geometry in px. */

import type { XY } from "../../lib/geometry";
import { clamp } from "../../lib/numbers";
import { centred } from "./centred";
import type { Label, Land, Measure, Position, Reach, Writing } from "./label";

/** A state's name of this size in px has room below it for what the state was, … */
export const NOTED_STATE = 11;
/** … in type of this share of its own size and no smaller than this, as the style sheet has it. */
const STATE_NOTE = { scale: 0.55, smallest: 11 };
/** Where along its line a name is tried, from the middle, as parts of the way to either end. */
const ALONG = [0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1, 1];
/** … and how far beside that line, in em. */
const BESIDE = [0, -1.3, 1.3, -2.6, 2.6];
/** How near the ends of its land a name may come, as a part of the room to spare; a name too long for it moves a little. */
const REACH = 0.43;
const LEAST_ROOM = 0.4;
/** How much of a name lies on its land at either side of its middle. */
const LEVEL = 0.38;
/** How far from its land's middle a name that runs over the borders is tried, across in parts of its width, up and down in em. */
const ACROSS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7].flatMap((part) => [part, -part]);
const UPRIGHT = [0, 0.4, 0.8, 1.2, 1.6, 2, 2.4, 2.8, 3.2].flatMap((up) => [up, -up]);
/** How much smaller a name may be to find room. */
const SCALES = [1, 0.8, 0.64, 0.5];

type Spot = XY & { angle: number };

/**
 * Each way to write the name, the best first, at each of its sizes: along the line of its land,
 * as far as that is in view, then level anywhere on the land, at last over its borders; first with
 * its note, then without. Worked out as they are asked for, since the first is mostly free.
 */
export function* onLand(label: Label, land: Land, measure: Measure): Generator<Position> {
  for (const { writing, size, note } of writtenForms(land, measure)) {
    const { lines, overBorders } = writing;
    const name = Math.max(...lines.map((line) => measure("state", line, size)));
    const wide = Math.max(name, measure("state", note, noteSize(size)));
    const at = (spot: Spot) => centred({ ...spot, size, lines, note }, wide);
    const [middle, ...along] = spotsAlong(label, land, name, size);
    yield at(middle!);
    for (const spot of along) if (isInside(spot, name, land)) yield at(spot);
    for (const spot of spotsOn(land, wide)) yield at(spot);
    for (const spot of along) if (isAtEdge(spot, name, land)) yield at(spot);
    if (!overBorders) continue;
    for (const spot of spotsAbout(label, land, { wide, size, reach: overBorders })) yield at(spot);
  }
}

function writtenForms(land: Land, measure: Measure) {
  return land.writings.flatMap((writing) =>
    sizesOf(writing).flatMap((size) =>
      notesOf(writing, size, land, measure).map((note) => ({ writing, size, note })),
    ),
  );
}

/** Whether a name lies on its own land, but for a letter at either end. */
function isInside(spot: Spot, name: number, { owns }: Land): boolean {
  return owns(spot) && ends(spot, name).every(owns);
}

/** … or over a coast, but not on another's land. */
function isAtEdge(spot: Spot, name: number, { owns, isForeign }: Land): boolean {
  return owns(spot) && !ends(spot, name).every(owns) && !ends(spot, name).some(isForeign);
}

/** Points of a name a letter from either end. */
function ends({ x, y, angle }: Spot, name: number): XY[] {
  const turn = (angle * Math.PI) / 180;
  const [right, down] = [Math.cos(turn) * LEVEL * name, Math.sin(turn) * LEVEL * name];
  return [
    { x: x - right, y: y - down },
    { x: x + right, y: y + down },
  ];
}

/** What is said below the name, where there is room for that, and nothing. */
function notesOf({ note }: Writing, size: number, { room }: Land, measure: Measure): string[] {
  const fits = note !== "" && size >= NOTED_STATE && measure("state", note, noteSize(size)) <= room;
  return fits ? [note, ""] : [""];
}

function noteSize(size: number): number {
  return Math.max(STATE_NOTE.scale * size, STATE_NOTE.smallest);
}

function sizesOf({ size, smallest }: Writing): number[] {
  const sizes = SCALES.map((scale) => Math.max(size, smallest) * scale);
  return sizes.filter((own) => own >= smallest);
}

/** Along the line of the land, the part of it that is in view, its middle first; then beside it. */
function spotsAlong({ x, y, angle }: Label, { room, view }: Land, name: number, size: number): Spot[] {
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.max(LEAST_ROOM * name, room - name) * REACH;
  const [low, high] = inView(x, cos, view.left, view.right, name / 2);
  const [above, below] = inView(y, sin, view.top, view.bottom, name / 2);
  const from = clamp(Math.max(low, above), -reach, reach);
  const to = clamp(Math.min(high, below), -reach, reach);
  return BESIDE.flatMap((line) =>
    ALONG.map((part) => {
      const [along, across] = [(from + to) / 2 + (part * (to - from)) / 2, line * size];
      return { x: x + cos * along - sin * across, y: y + sin * along + cos * across, angle };
    }),
  );
}

/** How far one may go from `at`, `step` px at a time, so that a name half as wide stays between two edges. */
function inView(at: number, step: number, low: number, high: number, half: number): [number, number] {
  const margin = half * Math.abs(step);
  if (Math.abs(step) < 0.01) return [-Infinity, Infinity];
  const ends = [(low + margin - at) / step, (high - margin - at) / step];
  return [Math.min(...ends), Math.max(...ends)];
}

/** Points on which a level name lies on its own land. */
function spotsOn(land: Land, wide: number): Spot[] {
  return land.points.map((point) => ({ ...point, angle: 0 })).filter((spot) => isInside(spot, wide, land));
}

/** Level over the borders, the nearest to the land's middle first. */
function spotsAbout(
  label: Label,
  { points, owns }: Land,
  { wide, size, reach }: { wide: number; size: number; reach: Reach },
): Spot[] {
  const { x, y } = points[0] ?? label;
  const [right, down] = [reach.across * wide, reach.upright * size];
  const touches = (spot: XY) =>
    [0, -right, right].some((dx) => [0, -down, down].some((dy) => owns({ x: spot.x + dx, y: spot.y + dy })));
  return UPRIGHT.flatMap((up) => ACROSS.map((part) => ({ x: x + part * wide, y: y + up * size, angle: 0 })))
    .filter(touches)
    .sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
}
