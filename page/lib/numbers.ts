/** Numbers as a reader says them, and look-ups in sorted lists. */

/** As in 1 stop or 1,200 stops; empty for none. */
export function countOf(number: number, noun: string): string {
  return number ? `${grouped(number)} ${noun}${number === 1 ? "" : "s"}` : "";
}

/** A whole number with its thousands told apart. The browser's own formatter costs a start 35 ms. */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A length in km as the card says it: to the kilometre below 100, to ten above. */
export function kilometres(km: number): string {
  return `${grouped(km < 100 ? Math.round(km) : Math.round(km / 10) * 10)} km`;
}

/** A length in km as one says it in passing: to the thousand where it is long. */
export function roundedKm(km: number): number {
  const step = km >= 20000 ? 1000 : km >= 1000 ? 100 : 10;
  return Math.round(km / step) * step;
}

export function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Index of the last item of a sorted list that is at most `value`, or -1. */
export function lastUpTo(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
