import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { Arcs } from "../basemap/arcs";
import type { Polities } from "../basemap/data";
import { StateNames } from "../basemap/statenames";
import { dayOf } from "../lib/dates";
import { crossesEdge, densified, distance, pathThrough, ribbonThrough } from "../lib/geometry";
import { worldX, worldY, wrapLongitude } from "../lib/mercator";
import { type WorldBox, merged, overlaps } from "../lib/worldbox";
import { TimeScale } from "../timeline/scale";

test("Mercator knows its corners", () => {
  assert.deepEqual([worldX(-180), worldX(180), worldY(0)], [0, 1, 0.5]);
  assert.ok(Math.abs(worldY(85.0511)) < 1e-4);
  assert.equal(worldY(90), worldY(86));
});

test("a longitude comes back to the one world", () => {
  fc.assert(
    fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), (lon) => {
      const wrapped = wrapLongitude(lon);
      assert.ok(wrapped >= -180 && wrapped <= 180);
      assert.ok(Math.abs(Math.sin(((lon - wrapped) * Math.PI) / 360)) < 1e-9);
    }),
  );
});

test("a path breaks at the edge of the world and leaves out what is nearer than a pixel", () => {
  const points = [
    { x: 0, y: 0 },
    { x: 0.5, y: 0 },
    { x: 10, y: 0 },
    { x: 900, y: 0 },
  ];
  assert.equal(pathThrough(points, 1000), "M0.0 0.0L10.0 0.0M900.0 0.0");
  assert.ok(crossesEdge(points[2]!, points[3]!, 1000));
  assert.equal(pathThrough([]), "");
});

test("densified points are near each other and end where they ended", () => {
  const points = [
    { x: 0, y: 0 },
    { x: 100, y: 30 },
  ];
  const dense = densified(points, 9);
  assert.ok(dense.slice(1).every((point, i) => distance(point, dense[i]!) <= 9));
  assert.deepEqual(dense.at(-1), points[1]);
});

test("a ribbon needs two points and is closed", () => {
  assert.equal(ribbonThrough([{ x: 0, y: 0 }], 2, 4, 100), "");
  assert.match(
    ribbonThrough(
      [
        { x: 0, y: 0 },
        { x: 50, y: 0 },
      ],
      2,
      4,
      100,
    ),
    /^M.*Z$/,
  );
});

test("merged boxes do not overlap and hold all that was in them", () => {
  const box = fc
    .tuple(...[0, 0, 0, 0].map(() => fc.integer({ min: 0, max: 100 })))
    .map(([x, y, w, h]): WorldBox => ({ west: x!, north: y!, east: x! + w! / 5, south: y! + h! / 5 }));
  fc.assert(
    fc.property(fc.array(box, { maxLength: 20 }), (boxes) => {
      const apart = merged(boxes);
      assert.ok(apart.every((a, i) => apart.slice(i + 1).every((b) => !overlaps(a, b))));
      const inside = (a: WorldBox, b: WorldBox) =>
        b.west <= a.west && b.east >= a.east && b.north <= a.north && b.south >= a.south;
      assert.ok(boxes.every((own) => apart.some((whole) => inside(own, whole))));
    }),
  );
});

test("an arc is thinned, but for its ends", () => {
  const arcs = new Arcs({
    transform: { scale: [0.001, 0.001], translate: [0, 0] },
    arcs: [[[0, 0], ...Array.from({ length: 50 }, (): [number, number] => [1, 0]), [1000, 0]]],
  });
  const [whole, thin] = [arcs.thin(0, 0), arcs.thin(0, 0.001)];
  assert.equal(whole.length, 2 * 52);
  assert.ok(thin.length < 20);
  assert.deepEqual([thin[0], thin.at(-2)], [whole[0], whole.at(-2)]);
});

test("the time bar's scale goes both ways and begins and ends with its years", () => {
  const scale = new TimeScale(dayOf(1879, 10, 7), dayOf(1940, 7, 21), 100, 1300);
  assert.deepEqual(scale.years, [1879, 1941]);
  assert.equal(scale.x(dayOf(1879)), 100);
  fc.assert(
    fc.property(fc.integer({ min: -33000, max: -10000 }), (day) =>
      assert.ok(Math.abs(scale.day(scale.x(day)) - day) < 1e-6),
    ),
  );
  const years = scale.labelledYears(66).sort();
  assert.deepEqual([years[0], years.at(-1)], [1879, 1940]);
  assert.ok(years.slice(1).every((year, i) => scale.xOfYear(year) - scale.xOfYear(years[i]!) > 30));
});

test("one year has one label", () => {
  assert.deepEqual(new TimeScale(dayOf(1917, 1, 1), dayOf(1917, 5, 1), 0, 100).labelledYears(66), [1917]);
});

const POLITIES: Polities = {
  transform: { scale: [1, 1], translate: [0, 0] },
  arcs: [],
  seams: [],
  objects: { atoms: { geometries: [] } },
  timelines: [],
  changes: [0, 10, 20],
  polities: [
    {
      key: "a",
      tint: 1,
      spans: [
        [0, "A", "sovereign", null, 0, 1, ""],
        [10, "Great A", "sovereign", null, 0, 1, "A"],
      ],
      labels: [[0, 1, 2, 3, 0]],
    },
    {
      key: "b",
      tint: 2,
      spans: [
        [0, "B", "colony", 0, 0, 3, ""],
        [20, "B", "colony", null, 0, 2, ""],
      ],
      labels: [
        [0, 1, 2, 3, 0],
        [30, null],
      ],
    },
  ],
  statuses: {
    sovereign: { alone: "", under: "", drawn: "sovereign" },
    colony: { alone: "colony", under: "colony of", drawn: "dependent" },
  },
};

test("states bear their names of the day, and say what they were and under whom", () => {
  const names = new StateNames(POLITIES);
  const said = (day: number) => names.on(day).map(({ name, note }) => [name, note]);
  assert.deepEqual(said(5), [
    ["A", ""],
    ["B", "colony of A"],
  ]);
  assert.deepEqual(said(15), [
    ["Great A", ""],
    ["B", "colony of Great A"],
  ]);
  assert.deepEqual(said(25), [
    ["Great A", ""],
    ["B", "colony"],
  ]);
});
