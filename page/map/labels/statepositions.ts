/** Where a state's name may stand on its land, and how it is written there: pure geometry in px. */

import type { XY } from "../../lib/geometry";
import { clamp } from "../../lib/numbers";
import { centred } from "./centred";
import type { Label, Land, Measure, Position, Writing } from "./label";

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
/** How much of a level name lies on the land at either side of its middle. */
const LEVEL = 0.38;
/** How much smaller a name may be to find room. */
const SCALES = [1, 0.8, 0.64, 0.5];

type Spot = XY & { angle: number };

/**
 * Each way to write the name, the best first, at each of its sizes: along the line of its land,
 * as far as that is in view, then level anywhere on the land; first with its note, then without.
 */
export function onLand(label: Label, land: Land, measure: Measure): Position[] {
  return land.writings.flatMap((writing) =>
    sizesOf(writing).flatMap((size) => {
      const notes = size >= NOTED_STATE && writing.note ? [writing.note, ""] : [""];
      return notes.flatMap((note) => {
        const name = Math.max(...writing.lines.map((line) => measure("state", line, size)));
        const noteSize = Math.max(STATE_NOTE.scale * size, STATE_NOTE.smallest);
        const wide = Math.max(name, measure("state", note, noteSize));
        return [...spotsAlong(label, land, name, size), ...spotsOn(land, wide)].map((spot) =>
          centred({ ...spot, size, lines: writing.lines, note }, wide),
        );
      });
    }),
  );
}

function sizesOf({ size, smallest }: Writing): number[] {
  const sizes = SCALES.map((scale) => Math.max(size, smallest) * scale);
  return sizes.filter((own) => own >= smallest);
}

/** Along the line of the land, the part of it that is in view; then beside it; its middle stays on the land. */
function spotsAlong({ x, y, angle }: Label, { room, view, owns }: Land, name: number, size: number): Spot[] {
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.max(LEAST_ROOM * name, room - name) * REACH;
  const [low, high] = inView(x, cos, view.left, view.right, name / 2);
  const [above, below] = inView(y, sin, view.top, view.bottom, name / 2);
  const from = clamp(Math.max(low, above), -reach, reach);
  const to = clamp(Math.min(high, below), -reach, reach);
  const spots = BESIDE.flatMap((line) =>
    ALONG.map((part) => {
      const [along, across] = [(from + to) / 2 + (part * (to - from)) / 2, line * size];
      return { x: x + cos * along - sin * across, y: y + sin * along + cos * across, angle };
    }),
  );
  return spots.filter((spot, i) => i === 0 || owns(spot));
}

/** How far one may go from `at`, `step` px at a time, so that a name half as wide stays between two edges. */
function inView(at: number, step: number, low: number, high: number, half: number): [number, number] {
  const margin = half * Math.abs(step);
  if (Math.abs(step) < 0.01) return [-Infinity, Infinity];
  const ends = [(low + margin - at) / step, (high - margin - at) / step];
  return [Math.min(...ends), Math.max(...ends)];
}

/** Points on which a level name lies on its own land, but for a letter at either end. */
function spotsOn({ points, owns }: Land, wide: number): Spot[] {
  return points
    .filter(({ x, y }) => owns({ x: x - LEVEL * wide, y }) && owns({ x: x + LEVEL * wide, y }))
    .map(({ x, y }) => ({ x, y, angle: 0 }));
}
