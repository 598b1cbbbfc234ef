import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { runsOf, sharesOf } from "../timeline/density";
import { TimeScale } from "../timeline/scale";

/** Stays in order, of which none begins before the one before has ended. */
const anyStays = fc
  .array(fc.tuple(fc.nat(400), fc.nat(2000)), { minLength: 1, maxLength: 80 })
  .map((pairs) => {
    let day = -30000;
    return pairs.map(([gap, length]) => {
      const start = day + gap;
      return { start, end: (day = start + length) };
    });
  });

/** Days on which there is a stay: a day on which one ends and the next begins is one day. */
function daysOf(stays: readonly { start: number; end: number }[]): number {
  return new Set(
    stays.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, i) => start + i)),
  ).size;
}

test("shares of all px together are the days of the stays, and none is more than the whole", () => {
  fc.assert(
    fc.property(anyStays, fc.double({ min: 40, max: 1500, noNaN: true }), (stays, width) => {
      const scale = new TimeScale(stays[0]!.start, stays.at(-1)!.end, 20, 20 + width);
      const shares = sharesOf(stays, scale);
      assert.ok(shares.every((share) => share >= 0 && share <= 1 + 1e-9));
      const daysPerPx = (scale.range[1] - scale.range[0]) / width;
      const days = shares.reduce((sum, share) => sum + share, 0) * daysPerPx;
      assert.ok(Math.abs(days - daysOf(stays)) < 1e-6 * (1 + days));
    }),
    { numRuns: 60 },
  );
});

test("a px that lies within a stay is full, one between two stays empty", () => {
  const scale = new TimeScale(0, 364, 0, 73);
  const shares = sharesOf(
    [
      { start: 0, end: 9 },
      { start: 20, end: 21 },
    ],
    scale,
  );
  assert.deepEqual(
    shares.slice(0, 6).map((share) => share.toFixed(2)),
    ["1.00", "1.00", "0.00", "0.00", "0.40", "0.00"],
  );
});

test("runs of equal neighbours are as few as can be and leave nothing out", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2)), (values) => {
      const runs = runsOf(values);
      assert.deepEqual(
        runs.flatMap(({ from, to, value }) => Array<number>(to - from).fill(value)),
        values,
      );
      assert.ok(runs.slice(1).every(({ value }, i) => value !== runs[i]!.value));
    }),
  );
});
