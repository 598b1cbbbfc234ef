import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { type Box, contains, intersects } from "../lib/geometry";
import { CollisionIndex } from "../map/labels/collisions";
import type { Label, LabelKind, Land, Measure } from "../map/labels/label";
import { boxesAlong, stretchInView } from "../map/labels/legcourse";
import { LabelPlacement } from "../map/labels/placement";
import { positionsOf as lazyPositionsOf } from "../map/labels/positions";
import { stop } from "./journeys";

const VIEW: Box = { left: 0, top: 0, right: 800, bottom: 600 };
const measure: Measure = (_, words, size) => words.length * size * 0.5;
const positionsOf = (own: Label, measured: Measure) => [...lazyPositionsOf(own, measured)];
const REST = { overview: false, dragging: false };

function label(id: string, x: number, y: number, own: Partial<Label> = {}): Label {
  const kind: LabelKind = own.kind ?? "stop";
  return {
    id,
    kind,
    text: id,
    note: "",
    weight: 1,
    size: 14,
    angle: 0,
    centred: kind === "area",
    place: stop(1, 0, 1),
    x,
    y,
    ...own,
  };
}

/** Land that is all of the view, for a name in one line. */
function land(text: string, size: number, own: Partial<Land> = {}): Land {
  const writings = [{ lines: [text], note: "", size, smallest: 8.5 }];
  return { writings, room: 400, view: VIEW, points: [], owns: () => true, isForeign: () => false, ...own };
}

const anyLabel = fc
  .record({
    x: fc.integer({ min: -50, max: 850 }),
    y: fc.integer({ min: -50, max: 650 }),
    text: fc.string({ minLength: 1, maxLength: 24 }),
    kind: fc.constantFrom<LabelKind>("stop", "now", "mention", "area", "state", "water"),
    angle: fc.integer({ min: -90, max: 90 }),
  })
  .map(({ x, y, ...own }) => label("", x, y, own));

test("placed names lie in the view, off obstacles and off each other", () => {
  const obstacle = { left: 500, top: 0, right: 800, bottom: 400 };
  fc.assert(
    fc.property(fc.array(anyLabel, { maxLength: 60 }), (labels) => {
      const named = labels.map((own, i) => ({ ...own, id: `label ${i}` }));
      const placed = new LabelPlacement(measure).place(named, new CollisionIndex(VIEW, [obstacle]), REST);
      const boxes = placed.map(({ position }) => position.box);
      boxes.forEach((box, i) => {
        assert.ok(contains(VIEW, box));
        assert.ok(!intersects(box, obstacle));
        assert.ok(boxes.slice(i + 1).every((other) => !intersects(box, other)));
      });
    }),
  );
});

test("the weightiest name takes the room, another finds room beside its own mark or none", () => {
  const [first, second] = [label("first", 100, 100), label("second", 100, 100)];
  const placed = new LabelPlacement(measure).place([first, second], new CollisionIndex(VIEW, []), REST);
  assert.deepEqual(
    placed.map(({ label: own }) => own.id),
    ["first", "second"],
  );
  assert.equal(placed[0]?.position.anchor, "start");
  assert.equal(placed[1]?.position.anchor, "end");
});

test("a name stays on the side where it was while there is room", () => {
  const placement = new LabelPlacement(measure);
  const name = label("name", 100, 100);
  const blocked = new CollisionIndex(VIEW, [{ left: 105, top: 80, right: 300, bottom: 120 }]);
  const before = placement.place([name], blocked, REST)[0]?.position;
  const after = placement.place([name], new CollisionIndex(VIEW, []), REST)[0]?.position;
  assert.equal(before?.anchor, "end");
  assert.deepEqual(after, before);
});

test("in the overview few names are near each other", () => {
  const names = [label("a", 100, 100), label("b", 110, 118), label("c", 200, 200)];
  const placed = new LabelPlacement(measure).place(names, new CollisionIndex(VIEW, []), {
    overview: true,
    dragging: false,
  });
  assert.deepEqual(
    placed.map(({ label: own }) => own.id),
    ["a", "c"],
  );
});

test("names of states keep off the road, those of stops do not", () => {
  const room = new CollisionIndex(VIEW, []);
  room.blockRoad(Array.from({ length: 80 }, (_, i) => ({ x: i * 10, y: 300 })));
  const state = label("STATE", 400, 300, {
    kind: "state",
    centred: true,
    place: null,
    land: land("STATE", 14, { room: 60, owns: ({ y }) => y === 300 }),
  });
  const placed = new LabelPlacement(measure).place([state, label("stop", 400, 300)], room, REST);
  assert.deepEqual(
    placed.map(({ label: own }) => own.id),
    ["stop"],
  );
});

test("a state says what it was only where its name is large", () => {
  const noted = (size: number) => {
    const writings = [{ lines: ["STATE"], note: "colony of X", size, smallest: 8.5 }];
    return positionsOf(
      label("STATE", 400, 300, { kind: "state", land: land("STATE", size, { writings }) }),
      measure,
    );
  };
  assert.equal(noted(20)[0]?.note, "colony of X");
  assert.ok(noted(10).every(({ note }) => note === ""));
});

test("a state's name keeps to what is seen of its land", () => {
  const own = land("STATE", 20, { room: 9000, view: { ...VIEW, left: 600 } });
  const positions = positionsOf(label("STATE", -2000, 300, { kind: "state", land: own }), measure);
  assert.ok(positions.every(({ box }) => box.left >= 600 - 1 && box.right <= 800 + 1));
});

test("a state whose line has no room is named level on its land", () => {
  const owns = ({ x, y }: { x: number; y: number }) => y > 400 && x > 300;
  const own = land("STATE", 20, {
    room: 60,
    owns,
    points: [
      { x: 310, y: 500 },
      { x: 500, y: 500 },
    ],
  });
  const room = new CollisionIndex(VIEW, [{ left: 0, top: 0, right: 800, bottom: 390 }]);
  const name = label("STATE", 400, 300, { kind: "state", place: null, land: own, angle: 30 });
  const [placed] = new LabelPlacement(measure).place([name], room, REST);
  assert.deepEqual([placed?.position.angle, placed?.position.box.left], [0, 475]);
});

test("a name in two lines is as high as both", () => {
  const writings = [{ lines: ["UNITED", "KINGDOM"], note: "", size: 20, smallest: 20 }];
  const [first] = positionsOf(
    label("", 400, 300, { kind: "state", land: land("", 20, { writings }) }),
    measure,
  );
  assert.deepEqual(first?.lines, ["UNITED", "KINGDOM"]);
  assert.equal(Math.round(first.box.bottom - first.box.top), 47);
});

test("a place only named keeps off other marks", () => {
  const room = new CollisionIndex(VIEW, []);
  room.block({ left: 270, top: 290, right: 280, bottom: 310 }, "a city");
  const name = label("named", 200, 300, { kind: "mention" });
  const [placed] = new LabelPlacement(measure).place([name], room, REST);
  assert.ok(placed && (placed.position.box.right < 261 || placed.position.box.bottom < 281));
});

test("an area's name stays inside its extent", () => {
  const extent = { left: 380, top: 280, right: 420, bottom: 345 };
  const own = label("area", 400, 300, { kind: "area", extent });
  const shifts = positionsOf(own, measure).map(({ x }) => x);
  assert.deepEqual(shifts, [400, 400]);
});

test("a leg is named where it enters the view and runs to the right", () => {
  const course = [-50, 50, 150, 250].map((x) => ({ x, y: 100 }));
  assert.deepEqual(
    stretchInView(course, VIEW).map(({ x }) => x),
    [50, 150, 250],
  );
  assert.deepEqual(stretchInView(course.slice(1), VIEW), []);
  assert.deepEqual(
    stretchInView(
      course.map(({ x, y }) => ({ x: 700 - x + 200, y })),
      VIEW,
    ),
    [],
  );
  assert.ok(boxesAlong(course, 100, 14).length > 0);
  assert.deepEqual(boxesAlong(course, 1000, 14), []);
});
