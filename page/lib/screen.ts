/** How large the window is. */

/** The widest window laid out as a phone's, and as a laptop's, in px; the style sheet has the same. */
const NARROW = 640;
const MEDIUM = 1500;
/** Sharper than this nobody sees. */
const SHARPEST = 2;

export function isNarrow(): boolean {
  return window.innerWidth <= NARROW;
}

/** Device pixels to a CSS pixel, as sharply as pictures are painted. */
export function pixelRatio(): number {
  return Math.min(SHARPEST, window.devicePixelRatio || 1);
}

export function isMedium(): boolean {
  return window.innerWidth <= MEDIUM;
}
