/** Widths of words, measured once on a canvas. */

import { type Measure, TYPES } from "./label";

/** Size at which words are measured, in px: type grows evenly, so one measuring serves every size. */
const SIZE = 64;
/** Width of a letter in em where the browser measures none. */
const FALLBACK = 0.6;

export function makeMeasure(): Measure {
  const context = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.documentElement).getPropertyValue("--serif");
  const widths = new Map<string, number>();
  return (kind, words, size) => {
    const { font, spacing } = TYPES[kind];
    if (!context) return words.length * size * FALLBACK;
    const key = `${font} ${words}`;
    let width = widths.get(key);
    if (width === undefined) {
      context.font = `${font} ${SIZE}px ${family}`;
      width = context.measureText(words).width / SIZE;
      widths.set(key, width);
    }
    return (width + words.length * spacing) * size;
  };
}
