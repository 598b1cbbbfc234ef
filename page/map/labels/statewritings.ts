/** How a state's name may be written where its land is so long. */

import type { StateName } from "../../basemap/statenames";
import type { Reach, Writing } from "./label";
import { NOTED_STATE } from "./statepositions";

/** Width of a letter of a state's name with its space, in em. */
const PITCH = 0.95;
/** A land may be so much shorter than its name in the smallest letters. */
const CRAMPED = 0.8;

/** The smallest and the largest size of a name, in px. */
export interface Sizes {
  smallest: number;
  largest: number;
}

/**
 * The ways to write a name on land so many px long, the best first: in full where it is large enough
 * for a note; by a short form of the same word (Russia, Russian Empire), or without a title, which is
 * then told below (Finland, Grand Duchy); in two lines; by another name (U.K.); small.
 */
export function writingsOf(state: StateName, room: number, { smallest, largest }: Sizes): Writing[] {
  const { name, short, note } = state;
  const write = (lines: readonly string[], least = smallest, own = note): Writing[] => {
    const letters = Math.max(...lines.map((line) => line.length));
    const size = Math.min(largest, room / (letters * PITCH));
    if (size < least * CRAMPED) return [];
    return [{ lines: lines.map(upper), note: own, size: Math.max(size, least), smallest: least }];
  };
  const [, title = "", titled] = /^(.+?) of (?:the )?(.+)$/.exec(name) ?? [];
  const kindred = isKindred(state);
  return [
    ...write([name], Math.max(smallest, NOTED_STATE)),
    ...(kindred ? write([short]) : titled ? write([titled], smallest, title) : []),
    ...write(halved(name)),
    ...(short && !kindred ? write([short]) : []),
    ...write([name]),
  ];
}

/** The ways to write a name over the borders of its land. */
export function writingsOver(state: StateName, size: number, overBorders: Reach): Writing[] {
  const { name, short } = state;
  const ways = [isKindred(state) ? [short] : halved(name), [short || name]];
  return ways.map((lines) => ({ lines: lines.map(upper), note: "", size, smallest: size, overBorders }));
}

/** Whether the short name is a form of the same word. */
function isKindred({ name, short }: StateName): boolean {
  return short !== "" && name.includes(short.slice(0, 4));
}

const upper = (words: string) => words.toUpperCase();

/** A name in two lines of much the same length; in one where it is one word. */
function halved(name: string): string[] {
  const cuts = [...name.matchAll(/[ \-–]/g)].map(({ index }) => index);
  const middle = cuts.sort((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0];
  if (middle === undefined) return [name];
  return [name.slice(0, middle + 1).trim(), name.slice(middle + 1)];
}
