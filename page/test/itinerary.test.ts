import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { DayState } from "../journey/daystate";
import { Itinerary } from "../journey/itinerary";
import { phaseClasses } from "../journey/phases";
import { area, journey, mention, stop, wayPoint } from "./journeys";

const PHASES = [
  { name: "free", captive: false },
  { name: "prison", captive: true },
];
const itinerary = new Itinerary(
  journey(
    [
      stop(1, 0, 10, { lat: 0, lon: 170 }),
      wayPoint({ id: "way", start: 12, end: 14, lat: 0, lon: 175 }),
      stop(2, 20, 30, { lat: 0, lon: 185, phase: 1 }),
      stop(3, 30, 50, { lat: 10, lon: 185 }),
    ],
    { phases: PHASES, areas: [area({ id: "land", start: 5, end: 25 })] },
  ),
);

test("he is at a stop on each of its days", () => {
  for (const day of [0, 5, 10]) {
    const moment = itinerary.at(day);
    assert.equal(moment?.stop?.number, 1);
    assert.equal(moment.travelling, false);
    assert.deepEqual(moment.point, [0, 170]);
  }
});

test("between two stops he is on the way, across the antimeridian too", () => {
  const moment = itinerary.at(17);
  assert.ok(moment?.travelling);
  assert.equal(moment.point[0], 0);
  assert.ok(Math.abs(Math.abs(moment.point[1]) - 180) < 1e-9);
  assert.equal(itinerary.sentence(moment), "18 January 1970, on the way from stop-1 to stop-2");
});

test("at a way-point he rests on an unfinished leg", () => {
  const moment = itinerary.at(13);
  assert.deepEqual(
    [moment?.travelling, moment?.onLeg, moment?.stay.id, moment?.stop?.id],
    [false, true, "way", "stop-1"],
  );
});

test("areas hold their days", () => {
  assert.deepEqual(
    [4, 5, 25, 26].map((day) => itinerary.at(day)?.areas.length),
    [0, 1, 1, 0],
  );
});

test("the days of each phase and the road only grow", () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 60 }), (day) => {
      const [now, next] = [itinerary.at(day)!, itinerary.at(day + 1)!];
      const [gone, later] = [itinerary.reckoning.upTo(day), itinerary.reckoning.upTo(day + 1)];
      assert.ok(next.km >= now.km);
      assert.ok(gone.every(({ least }, phase) => least <= later[phase]!.least));
    }),
  );
  assert.deepEqual(itinerary.reckoning.upTo(60), [
    { least: 34, most: 34 },
    { least: 10, most: 10 },
  ]);
  assert.equal(itinerary.at(60)?.km, itinerary.km);
  assert.ok(Math.abs(itinerary.km - 25 * 111.195) < 1);
});

test("next and previous go from stop to stop", () => {
  assert.deepEqual(
    [itinerary.nextStop(0)?.number, itinerary.nextStop(20)?.number, itinerary.nextStop(30)],
    [2, 3, undefined],
  );
  assert.deepEqual([itinerary.previousStop(0), itinerary.previousStop(20)?.number], [undefined, 1]);
});

test("no road has no moment", () => assert.equal(new Itinerary(journey([])).at(0), null));

test("captivity has a colour of its own, whichever phase it is", () => {
  const [free, captive] = PHASES as [(typeof PHASES)[0], (typeof PHASES)[0]];
  assert.deepEqual(phaseClasses([captive, free, captive, free]), [
    "phase-captive captive",
    "phase-0",
    "phase-captive captive",
    "phase-1",
  ]);
  assert.deepEqual(phaseClasses(Array(6).fill(free)).at(4), "phase-0");
});

test("whoever listens hears of each day once, in the order of subscription", () => {
  const state = new DayState(itinerary);
  const heard: string[] = [];
  state.subscribe(({ day }) => heard.push(`a${day}`));
  state.subscribe(({ day }) => heard.push(`b${day}`));
  state.setDay(15);
  state.setDay(1000, "drag");
  assert.deepEqual(heard, ["a15", "b15", "a50", "b50"]);
  assert.deepEqual([state.overview, state.pace, state.currentStop?.number], [false, "drag", 3]);
  state.showOverview();
  assert.deepEqual([state.overview, state.pace, state.currentStop], [true, "rest", null]);
  assert.equal(state.sentence(), "The whole journey, 1 January 1970 to 20 February 1970");
});

test("a place off the road is told of until it is pressed again or the day changes", () => {
  const state = new DayState(itinerary);
  const place = mention({ id: "named" });
  state.toggleChosen(place);
  assert.equal(state.chosen, place);
  state.toggleChosen(place);
  assert.equal(state.chosen, null);
  state.toggleChosen(place);
  state.setDay(3);
  assert.equal(state.chosen, null);
});

test("a leg passes its way-points on their days", () => {
  const parts = [11, 13, 17].map((day) => itinerary.at(day)!);
  assert.deepEqual(
    parts.map(({ part, share }) => [part, share]),
    [
      [0, 0.5],
      [1, 0],
      [1, 0.5],
    ],
  );
  assert.deepEqual(itinerary.spanOf(itinerary.legs[0]!), [10, 20]);
});
