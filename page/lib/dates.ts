/** Days are whole numbers counted from 1 January 1970, negative before it. */

import { countOf } from "./numbers";

const DAY_MS = 86400000;
/** Russia kept the Julian calendar until 31 January 1918; the next day was 14 February. */
const NEW_STYLE = Date.UTC(1918, 1, 14) / DAY_MS;
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
] as const; // prettier-ignore
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
/** Days of a mean month of the Gregorian calendar. */
const MONTH_DAYS = 30.4375;

/** The day as a Date at midnight UTC. */
function dateOf(day: number): Date {
  return new Date(day * DAY_MS);
}

/** The day of a date; months count from 0, days from 1. */
export function dayOf(year: number, month = 0, date = 1): number {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month, date);
  return Math.round(moment.getTime() / DAY_MS);
}

export function yearOf(day: number): number {
  return dateOf(day).getUTCFullYear();
}

/** As in 1917-05-17. */
export function isoOf(day: number): string {
  return dateOf(day).toISOString().slice(0, 10);
}

/** As in 17 May 1917. */
export function dayInWords(day: number): string {
  return `${dayAndMonth(dateOf(day))} ${yearOf(day)}`;
}

/** As in Thursday 17 May 1917. */
export function dayInFull(day: number): string {
  return `${WEEKDAYS[dateOf(day).getUTCDay()]} ${dayInWords(day)}`;
}

/** As in May 1917. */
export function monthInWords(day: number): string {
  return `${MONTHS[dateOf(day).getUTCMonth()]} ${yearOf(day)}`;
}

function dayAndMonth(when: Date): string {
  return `${when.getUTCDate()} ${MONTHS[when.getUTCMonth()]}`;
}

/** The day in Russia's own calendar while it had one, as in 4 May; empty afterwards and before 1582. */
export function oldStyleOf(day: number): string {
  if (day >= NEW_STYLE || day < dayOf(1582, 9, 15)) return "";
  // The two calendars part by one more day at each century year that 400 does not divide:
  // there the Julian one has a 29 February, after which the new gap counts.
  const century = Math.floor(yearOf(day) / 100);
  const gap = century - Math.floor(century / 4) - 2;
  const parting = dayOf(century * 100, 1, 28 + gap);
  if (century % 4 && day === parting) return "29 February";
  return dayAndMonth(dateOf(day - (century % 4 && day < parting ? gap - 1 : gap)));
}

/** Read a day that somebody typed: 1917-05-17, 17 May 1917, May 17 1917, May 1917 or 1917. */
export function readDay(text: string): number | null {
  const clean = text.trim().replace(/[,.]/g, " ").replace(/\s+/g, " ");
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(clean);
  if (iso) return checkedDay(Number(iso[1]), Number(iso[2] ?? 1), Number(iso[3] ?? 1));
  const words = /^(?:(\d{1,2}) )?([A-Za-z]{3,9})(?: (\d{1,2}))? (\d{4})$/.exec(clean);
  if (!words || (words[1] && words[3])) return null;
  const month = MONTHS.findIndex((name) => name.toLowerCase().startsWith((words[2] ?? "").toLowerCase()));
  return month < 0 ? null : checkedDay(Number(words[4]), month + 1, Number(words[1] ?? words[3] ?? 1));
}

/** The day of a date whose month counts from 1; null where the calendar has no such date. */
function checkedDay(year: number, month: number, date: number): number | null {
  const day = dayOf(year, month - 1, date);
  const when = dateOf(day);
  return when.getUTCMonth() === month - 1 && when.getUTCDate() === date ? day : null;
}

/** The same date so many years later. */
export function sameDayIn(day: number, years: number): number {
  const when = dateOf(day);
  return dayOf(when.getUTCFullYear() + years, when.getUTCMonth(), when.getUTCDate());
}

/** A number of days of which perhaps only the bounds are known, as in 4 years 1 month – 4 years 5 months. */
export function boundsInWords({ least, most }: { least: number; most: number }): string {
  return [...new Set([spanInWords(least), spanInWords(most)])].join(" – ");
}

/** A number of days, as in 5 years 10 months. */
export function spanInWords(days: number): string {
  const months = Math.floor(days / MONTH_DAYS);
  const parts = [countOf(Math.floor(months / 12), "year"), countOf(months % 12, "month")].filter(Boolean);
  return parts.join(" ") || countOf(days, "day") || "0 days";
}
