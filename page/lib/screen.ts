/** How large the window is. */

/** The widest window laid out as a phone's, and as a laptop's, in px; the style sheet has the same. */
const NARROW = 640;
const MEDIUM = 1500;

export function isNarrow(): boolean {
  return window.innerWidth <= NARROW;
}

export function isMedium(): boolean {
  return window.innerWidth <= MEDIUM;
}
