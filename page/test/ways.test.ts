import assert from "node:assert/strict";
import test from "node:test";
import { waysInWords } from "../card/ways";
import { Course } from "../journey/course";
import { Itinerary } from "../journey/itinerary";
import { journey, stop, wayPoint } from "./journeys";

function legOf(...stays: Parameters<typeof journey>[0]) {
  const [leg] = new Itinerary(journey(stays)).legs;
  return leg!;
}

const there = { lat: 48, lon: 2 };

test("a leg gone all in one way is one run, its own line", () => {
  const { course } = legOf(stop(1, 0, 1), wayPoint({ id: "a", by: "rail", lat: 48 }), stop(2, 5, 9, { by: "rail", ...there })); // prettier-ignore
  assert.deepEqual(
    course.runs.map(({ by }) => by),
    ["rail"],
  );
  assert.equal(course.runs[0]!.line, course.line);
});

test("where nobody tells, that is a run too", () => {
  assert.deepEqual(
    legOf(stop(1, 0, 1), stop(2, 5, 9, there)).course.runs.map(({ by }) => by),
    [""],
  );
});

test("runs begin at stays and at waymarks where he went on in another way, and join", () => {
  const { course } = legOf(
    stop(1, 0, 1, { lat: 48.9, lon: 2.3 }),
    wayPoint({ id: "port", by: "rail", lat: 43.3, lon: 5.4 }),
    // By rail to the harbour, then by ship, past a point at sea.
    stop(2, 5, 9, {
      by: "ship",
      lat: 36,
      lon: 30,
      way: [43.2, 5.3, 38, 12],
      bys: ["rail", "ship", "ship"],
    }),
  );
  const [rail, ship] = course.runs;
  assert.deepEqual([rail?.by, ship?.by, course.runs.length], ["rail", "ship", 2]);
  const ends = [rail!.line.slice(0, 2), ship!.line.slice(-2)];
  assert.deepEqual(ends, [course.line.slice(0, 2), course.line.slice(-2)]);
  rail!.line
    .slice(-2)
    .forEach((end, axis) => assert.ok(Math.abs(end - ship!.line[axis]!) < 1e-12, `they meet, axis ${axis}`));
});

test("a run crosses the antimeridian as its leg does", () => {
  const course = new Course([
    {
      points: [
        [10, 170],
        [12, -175],
        [14, -170],
      ],
      bys: ["ship", "air"],
    },
  ]);
  const jumps = course.runs.map(({ line }) =>
    line.some((x, i) => i % 2 === 0 && i > 0 && Math.abs(x - line[i - 2]!) > 0.5),
  );
  assert.deepEqual(jumps, [true, false]);
});

const ways = (...hows: [by: "" | "rail" | "ship" | "sledge", how: string][]) =>
  waysInWords(hows.map(([by, how]) => ({ by, how })));

test("the card tells by what he came, one after the other", () => {
  assert.equal(ways(["ship", "by the freighter Montserrat"]), "by the freighter Montserrat");
  assert.equal(ways(["", ""]), "");
  assert.equal(
    ways(["ship", "by steamer"], ["rail", "by rail"], ["rail", "by rail"], ["ship", "by steamer"]),
    "by steamer, then by rail, then by steamer",
  );
});

test("the card does not say twice what it says better once", () => {
  assert.equal(ways(["rail", "by night train"], ["rail", "by rail"]), "by night train");
  assert.equal(
    ways(["sledge", "by sledge, in a convoy"], ["", ""], ["sledge", "by sledge"]),
    "by sledge, in a convoy",
  );
});
