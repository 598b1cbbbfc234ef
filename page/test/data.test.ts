import assert from "node:assert/strict";
import test from "node:test";
import { readJourney } from "../journey/data";
import { area, journey, mention, stop, wayPoint } from "./journeys";

const EMPTY = journey([]);

function read(own: object) {
  return readJourney(JSON.stringify({ ...EMPTY, ...own, sources: [{ words: "A book" }, { url: "//b" }] }));
}

test("what the document leaves out is filled in, and stops are counted", () => {
  const named = (id: string) => ({ id, place: id });
  const data = read({
    road: [named("stop-1"), { ...named("way"), type: "way-point" }, { ...named("stop-2"), start: 9, end: 9 }],
    areas: [named("land")],
    mentions: [named("afar")],
  });
  assert.deepEqual(data.road, [stop(1, 0, 0), wayPoint({ id: "way" }), stop(2, 9, 9)]);
  assert.deepEqual(data.areas, [area({ id: "land" })]);
  assert.deepEqual(data.mentions, [mention({ id: "afar" })]);
});

test("what the document says is taken as it stands", () => {
  const said = {
    id: "a",
    place: "A",
    kind: "country",
    areal: true,
    role: "passed through",
    phase: 2,
    lat: 1.5,
  };
  assert.deepEqual(read({ areas: [said] }).areas, [area({ ...said, kind: "country" })]);
  const { unreached } = read({ mentions: [{ id: "b", unreached: true }] }).mentions[0]!;
  assert.equal(unreached, true);
});

test("sources are found by their numbers", () => {
  const sources = (row: object) => read({ road: [row] }).road[0]!.sources;
  assert.deepEqual(sources({ sources: [1, 0] }), [
    { words: "", url: "//b" },
    { words: "A book", url: "" },
  ]);
  assert.deepEqual(sources({}), []);
});
