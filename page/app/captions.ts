/** The words around the map: title, date, totals, what the wall shows, and the borders' note. */

import type { Borders } from "../basemap/style";
import type { DayState } from "../journey/daystate";
import { dayName, dayNameInFull, whyUncertain } from "../journey/dayname";
import type { Itinerary, Moment } from "../journey/itinerary";
import { sumOf } from "../journey/reckoning";
import { boundsInWords, monthInWords, oldStyleOf, yearOf } from "../lib/dates";
import { getElement, setText } from "../lib/dom";
import { addFact } from "../card/facts";
import { countOf, kilometres, roundedKm, sentenceCase } from "../lib/numbers";

/** Say whose journey it is, and how to begin. */
export function writeTitle({ data, stops, km }: Itinerary): void {
  setText("title", data.title);
  setText("subtitle", data.subtitle);
  const size = [countOf(stops.length, "stop"), countOf(roundedKm(km), "kilometre")].filter(Boolean);
  setText("invite-count", stops.length ? `${size.join(", ")}, every day from first to last.` : "");
  setText("invite-call", stops.length ? INVITATION : NOTHING_YET);
  getElement("begin").hidden = !stops.length;
  for (const { name } of data.phases) addFact(getElement("so-far-phases"), sentenceCase(name), "");
}

const INVITATION = "Press play, or drag the line of years.";
const NOTHING_YET = "No place on the map yet: the table holds no row with a date and coordinates.";

/** Say which line is which, of the ways in which he travelled. */
export function writeWays({ legs }: Itinerary): void {
  const ways = new Set<string | undefined>(legs.flatMap(({ parts }) => parts.flatMap(({ bys }) => bys)));
  const items = [...getElement("ways-legend").children] as HTMLElement[];
  for (const item of items) item.hidden = !ways.has(item.dataset.by);
  getElement("ways-legend").hidden = items.every(({ hidden }) => hidden);
}

/** Say which day is shown, and what the borders are. */
export function writeDate(state: DayState, borders: Borders): void {
  const { day, overview, moment, itinerary } = state;
  if (!moment) return;
  const { first, last } = itinerary.data;
  setText("date-words", overview ? `${yearOf(first)} – ${yearOf(last)}` : dayNameInFull(moment));
  setText("old-style", overview ? itinerary.span.join(" to ") : dayNote(moment));
  const place = whereabouts(moment, itinerary);
  setText("wall-place", place);
  setText("wall-day", dayName(moment));
  setText("borders-note", bordersNote(borders, day));
  // Not while the days pass: the browser's own window would have to follow.
  if (state.pace === "rest") writeWindowTitle(itinerary, overview ? "" : `${dayName(moment)}, ${place}`);
}

/** The day in Russia's calendar, or why it is not known. */
function dayNote(moment: Moment): string {
  const oldStyle = moment.uncertainty ? "" : oldStyleOf(moment.day);
  return oldStyle ? `Old Style ${oldStyle}` : whyUncertain(moment);
}

function whereabouts({ travelling, leg, stay }: Moment, itinerary: Itinerary): string {
  return travelling ? `To ${itinerary.endsOf(itinerary.legs[leg]!).to.place}` : stay.place;
}

/** Name the browser's window after the journey, and after the day it shows. */
function writeWindowTitle({ data: { title, subtitle } }: Itinerary, day: string): void {
  document.title = [day, title, day ? "" : subtitle].filter(Boolean).join(" – ");
}

/** Say what the road and each phase come to so far. */
export function writeTotals({ km, day }: Moment, { data: { phases }, reckoning }: Itinerary): void {
  const days = reckoning.upTo(day);
  const captive = sumOf(days.filter((_, phase) => phases[phase]?.captive));
  setText("so-far-km", kilometres(km));
  setText("so-far-captive", boundsInWords(captive));
  getElement("so-far-prison").hidden = !captive.most;
  const values = getElement("so-far-phases").querySelectorAll("dd");
  days.forEach((own, phase) => (values[phase]!.textContent = own.most ? boundsInWords(own) : "–"));
}

/** What the lines on the land are. */
function bordersNote(borders: Borders, day: number): string {
  switch (borders) {
    case "none":
      return "No borders drawn.";
    case "online":
      return "A relief of today’s land, no borders drawn.";
    case "modern":
      return "Borders of today.";
    case "day":
      return `Borders of ${monthInWords(day)}.`;
  }
}
