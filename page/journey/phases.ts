/** How the phases of a life are told apart: by colour, and captivity by a colour of its own. */

import type { Phase } from "./data";

/** How many colours there are for phases of liberty; they are taken in turn. */
const FREE_COLOURS = 4;

/** The style class of each phase: phase-0 to phase-3, or `phase-captive captive`. */
export function phaseClasses(phases: readonly Phase[]): string[] {
  let free = 0;
  return phases.map(({ captive }) => (captive ? "phase-captive captive" : `phase-${free++ % FREE_COLOURS}`));
}
