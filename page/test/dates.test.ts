import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  dayInFull,
  dayInWords,
  dayOf,
  isoOf,
  monthInWords,
  oldStyleOf,
  readDay,
  sameDayIn,
  spanInWords,
  yearOf,
} from "../lib/dates";

const days = fc.integer({ min: dayOf(1), max: dayOf(2100) });

test("a day is read back from every way in which it is written", () => {
  fc.assert(
    fc.property(days, (day) => {
      assert.equal(readDay(isoOf(day)), day);
      assert.equal(readDay(dayInWords(day).padStart(4)), yearOf(day) < 1000 ? readDay(dayInWords(day)) : day);
    }),
  );
});

for (const [text, iso] of [
  ["1917-05-17", "1917-05-17"],
  ["1917-5-7", "1917-05-07"],
  ["17 May 1917", "1917-05-17"],
  ["17 may 1917", "1917-05-17"],
  ["May 17, 1917", "1917-05-17"],
  ["Sept. 1917", "1917-09-01"],
  ["1917", "1917-01-01"],
  ["  1917-05 ", "1917-05-01"],
]) {
  test(`${text} is ${iso}`, () => assert.equal(isoOf(readDay(text!)!), iso));
}

for (const text of [
  "",
  "soon",
  "31 February 1917",
  "1917-13-01",
  "1917-02-30",
  "17 May 17 1917",
  "1917-05-17x",
]) {
  test(`${JSON.stringify(text)} is no day`, () => assert.equal(readDay(text), null));
}

test("nothing that is typed throws", () => {
  fc.assert(fc.property(fc.string(), (text) => readDay(text) === null || Number.isInteger(readDay(text))));
});

test("days are said in words", () => {
  const day = dayOf(1917, 4, 17);
  assert.equal(dayInWords(day), "17 May 1917");
  assert.equal(dayInFull(day), "Thursday 17 May 1917");
  assert.equal(monthInWords(day), "May 1917");
});

for (const [iso, words] of [
  ["1917-05-17", "4 May"],
  ["1900-03-12", "28 February"],
  ["1900-03-13", "29 February"],
  ["1900-03-14", "1 March"],
  ["1918-02-13", "31 January"],
  ["1918-02-14", ""],
  ["1582-10-15", "5 October"],
  ["1582-10-14", ""],
]) {
  test(`${iso} is ${words || "not told"} in Old Style`, () =>
    assert.equal(oldStyleOf(readDay(iso!)!), words));
}

test("the same date in another year", () => {
  assert.equal(isoOf(sameDayIn(dayOf(1917, 4, 17), 1)), "1918-05-17");
  assert.equal(isoOf(sameDayIn(dayOf(1916, 1, 29), 1)), "1917-03-01");
});

for (const [count, words] of [
  [0, "0 days"],
  [1, "1 day"],
  [20, "20 days"],
  [31, "1 month"],
  [366, "1 year"],
  [2131, "5 years 10 months"],
] as const) {
  test(`${count} days are ${words}`, () => assert.equal(spanInWords(count), words));
}
