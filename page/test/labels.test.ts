import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { type Box, contains, intersects } from "../lib/geometry";
import { CollisionIndex } from "../map/labels/collisions";
import type { Label, LabelKind, Measure } from "../map/labels/label";
import { boxesAlong, stretchInView } from "../map/labels/legcourse";
import { LabelPlacement } from "../map/labels/placement";
import { positionsOf } from "../map/labels/positions";
import { stop } from "./journeys";

const VIEW: Box = { left: 0, top: 0, right: 800, bottom: 600 };
const measure: Measure = (_, words, size) => words.length * size * 0.5;
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
  const names = [label("a", 100, 100), label("b", 120, 130), label("c", 200, 200)];
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
  const state = label("STATE", 400, 300, { kind: "state", centred: true, place: null, room: 60 });
  const placed = new LabelPlacement(measure).place([state, label("stop", 400, 300)], room, REST);
  assert.deepEqual(
    placed.map(({ label: own }) => own.id),
    ["stop"],
  );
});

test("a state says what it was only where its name is large", () => {
  const large = label("STATE", 400, 300, {
    kind: "state",
    centred: true,
    note: "colony of X",
    size: 20,
    room: 400,
  });
  assert.equal(positionsOf(large, measure)[0]?.note, "colony of X");
  assert.ok(positionsOf({ ...large, size: 12 }, measure).every(({ note }) => note === ""));
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
