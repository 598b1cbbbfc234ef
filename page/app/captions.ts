/** The words around the map: title, date, totals, what the wall shows, and the borders' note. */

import type { Borders } from "../basemap/style";
import type { DayState } from "../journey/daystate";
import type { Itinerary, Moment } from "../journey/itinerary";
import { dayInFull, dayInWords, monthInWords, oldStyleOf, spanInWords, yearOf } from "../lib/dates";
import { getElement, setText } from "../lib/dom";
import { countOf, kilometres, roundedKm } from "../lib/numbers";

/** Say whose journey it is, and how to begin. */
export function writeTitle({ data, stops, km }: Itinerary): void {
  document.title = [data.title, data.subtitle].filter(Boolean).join(" – ");
  setText("title", data.title);
  setText("subtitle", data.subtitle);
  const size = [countOf(stops.length, "stop"), countOf(roundedKm(km), "kilometre")].filter(Boolean);
  setText("invite-count", stops.length ? `${size.join(", ")}, every day from first to last.` : "");
  setText("invite-call", stops.length ? INVITATION : NOTHING_YET);
  getElement("begin").hidden = !stops.length;
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
  const oldStyle = oldStyleOf(day);
  setText("date-words", overview ? `${yearOf(first)} – ${yearOf(last)}` : dayInFull(day));
  setText(
    "old-style",
    overview ? `${dayInWords(first)} to ${dayInWords(last)}` : oldStyle && `Old Style ${oldStyle}`,
  );
  const to = moment.travelling ? itinerary.endsOf(itinerary.legs[moment.leg]!).to.place : "";
  setText("wall-place", to ? `To ${to}` : moment.stay.place);
  setText("wall-day", dayInWords(day));
  setText("borders-note", bordersNote(borders, day));
}

/** Say what the road and the prisons come to so far. */
export function writeTotals({ km, captiveDays }: Moment): void {
  setText("so-far-km", kilometres(km));
  setText("so-far-captive", captiveDays ? spanInWords(captiveDays) : "");
  getElement("so-far-prison").hidden = !captiveDays;
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
