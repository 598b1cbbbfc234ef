/** The share of days that are stays, where the stays of a lane are too many for bars. */

import type { TimeScale } from "./scale";

interface Days {
  /** First and last day. */
  start: number;
  end: number;
}

/** Of each px of the axis, the share of its days on which there is a stay; stays come in order. */
export function sharesOf(stays: readonly Days[], scale: TimeScale): number[] {
  const shares = new Array<number>(Math.ceil(scale.width)).fill(0);
  let reach = 0;
  for (const { start, end } of stays) {
    const from = Math.max(reach, scale.x(start) - scale.x0);
    reach = Math.max(reach, scale.x(end + 1) - scale.x0);
    for (let px = Math.floor(from); px < Math.min(reach, shares.length); px += 1)
      shares[px]! += Math.min(reach, px + 1) - Math.max(from, px);
  }
  return shares;
}

/** Neighbours that are equal: where they begin, where the next begin, and their value. */
export function runsOf(values: readonly number[]): { from: number; to: number; value: number }[] {
  const starts = values.flatMap((value, i) => (value === values[i - 1] ? [] : [i]));
  return starts.map((from, k) => ({ from, to: starts[k + 1] ?? values.length, value: values[from]! }));
}
