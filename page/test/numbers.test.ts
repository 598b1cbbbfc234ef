import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { countOf, kilometres, lastUpTo, roundedKm } from "../lib/numbers";

test("counts have their nouns", () => {
  assert.deepEqual(
    [0, 1, 2, 1234567].map((number) => countOf(number, "stop")),
    ["", "1 stop", "2 stops", "1,234,567 stops"],
  );
});

test("lengths are said as one says them", () => {
  assert.deepEqual([7.4, 99.4, 104, 12344].map(kilometres), ["7 km", "99 km", "100 km", "12,340 km"]);
  assert.deepEqual([104, 1049, 91234].map(roundedKm), [100, 1000, 91000]);
});

test("the last item up to a value is the one before the first above it", () => {
  const sorted = fc.array(fc.integer({ min: -50, max: 50 })).map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(sorted, fc.integer({ min: -60, max: 60 }), (list, value) => {
      const above = list.findIndex((item) => item > value);
      assert.equal(lastUpTo(list, value), (above < 0 ? list.length : above) - 1);
    }),
  );
});
