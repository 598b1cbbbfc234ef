import assert from "node:assert/strict";
import test from "node:test";
import { addressOf, dayName, dayNameInFull, whyUncertain } from "../journey/dayname";
import { Itinerary } from "../journey/itinerary";
import { sumOf } from "../journey/reckoning";
import { boundsInWords } from "../lib/dates";
import { journey, stop, wayPoint } from "./journeys";

const doubt = (words: string, first: number, last: number) => ({ words, first, last });

/** Home for sure, a way-point with its month alone, and an end of which the season is known. */
const itinerary = new Itinerary(
  journey(
    [
      stop(1, 0, 20, { left: doubt("January 1970", 0, 30) }),
      wayPoint({ id: "way", start: 35, end: 40, came: doubt("about February 1970", 31, 36) }),
      stop(2, 60, 90, { came: doubt("spring 1970", 59, 70), phase: 1 }),
      stop(3, 100, 100, {
        came: doubt("perhaps 11 April 1970", 100, 100),
        left: doubt("perhaps 11 April 1970", 100, 100),
        phase: 1,
      }),
    ],
    {
      phases: [
        { name: "free", captive: false },
        { name: "prison", captive: true },
      ],
    },
  ),
);

for (const [day, name, note, stay] of [
  [0, "1 January 1970", "", ""],
  [1, "January 1970", "He may have left already", "stop-1"],
  [25, "January 1970", "He may not have left yet", "stop-1"],
  [31, "About February 1970", "He may be there already", "way"],
  [35, "About February 1970", "He may not be there yet", "way"],
  [38, "8 February 1970", "", ""],
  [50, "20 February 1970", "", ""],
  [59, "Spring 1970", "He may be there already", "stop-2"],
  [70, "Spring 1970", "He may not be there yet", "stop-2"],
  [71, "13 March 1970", "", ""],
  [95, "6 April 1970", "", ""],
  [100, "Perhaps 11 April 1970", "He may not be there yet, or be gone", "stop-3"],
] as const) {
  test(`day ${day} is ${name}`, () => {
    const moment = itinerary.at(day)!;
    assert.deepEqual([dayName(moment), whyUncertain(moment)], [name, note]);
    assert.ok(itinerary.sentence(moment).startsWith(`${name}, `));
    assert.ok(dayNameInFull(moment).endsWith(name));
    assert.equal(addressOf(moment).stay, stay);
  });
}

test("an address leads to the day on which the map has him come or leave", () => {
  for (const [day, shown] of [
    [0, 0],
    [25, 20],
    [31, 35],
    [70, 60],
    [71, 71],
    [100, 100],
  ] as const) {
    const { date, stay } = addressOf(itinerary.at(day)!);
    assert.equal(itinerary.dayOf(date, stay), shown);
  }
  assert.equal(itinerary.dayOf("About February 1970"), 35);
  assert.equal(itinerary.dayOf("spring 1970", "stop-1"), null);
});

test("the day of a known leaving is certain, whatever the coming", () => {
  const short = new Itinerary(journey([stop(1, 5, 9, { came: doubt("January 1970", 0, 9) })]));
  assert.deepEqual(
    [8, 9].map((day) => dayName(short.at(day)!)),
    ["January 1970", "10 January 1970"],
  );
});

test("the whole journey begins and ends as the record has it", () => {
  assert.deepEqual(itinerary.span, ["1 January 1970", "perhaps 11 April 1970"]);
});

test("days of a phase are the least and the most that its dates allow", () => {
  assert.deepEqual(itinerary.reckoning.upTo(100), [
    { least: 40, most: 40 },
    { least: 30, most: 41 },
  ]);
  assert.deepEqual(itinerary.reckoning.upTo(65)[1], { least: 0, most: 6 });
  assert.deepEqual(sumOf(itinerary.reckoning.upTo(100)), { least: 70, most: 81 });
});

test("two figures that read the same are said once", () => {
  assert.equal(boundsInWords({ least: 400, most: 405 }), "1 year 1 month");
  assert.equal(boundsInWords({ least: 20, most: 40 }), "20 days – 1 month");
});
