/**
 * What a day is called, to the precision of the record: by its own date where the record is sure of
 * where he was, else by the date of the coming or leaving that it may lie before or after. Captions,
 * card, address, title and screen reader all say this. `geo/dashboard/addresses.py` says the same.
 */

import { dayInFull, dayInWords, isoOf } from "../lib/dates";
import { sentenceCase } from "../lib/numbers";
import type { Doubt, RoadStay } from "./data";

/** A coming to a stay, or a leaving, that may not have been yet, or may have been already. */
export interface Uncertainty {
  stay: RoadStay;
  end: "came" | "left";
}

/** A day as an address has it: YYYY-MM-DD, or words that a stay explains. */
export interface DayAddress {
  date: string;
  /** Id of the stay that the words tell of; empty for a date. */
  stay: string;
}

interface NamedDay {
  day: number;
  uncertainty: Uncertainty | null;
}

/**
 * What is uncertain on a day at a stay of the road, or on the way from it to the next. A coming goes
 * before a leaving; a day on which he is known to have come or left is certain.
 */
export function uncertaintyOn(day: number, here: RoadStay, next: RoadStay | undefined): Uncertainty | null {
  const { start, end, came, left } = here;
  if (day > end && next) {
    if (next.came && day >= next.came.first) return { stay: next, end: "came" };
    return left && day <= left.last ? { stay: here, end: "left" } : null;
  }
  if (came && day <= came.last && (left || day < end)) return { stay: here, end: "came" };
  return left && day >= left.first && (came || day > start) ? { stay: here, end: "left" } : null;
}

/** As in 17 May 1917, or About 1886. */
export function dayName({ day, uncertainty }: NamedDay): string {
  return uncertainty ? sentenceCase(wordsOf(uncertainty)) : dayInWords(day);
}

/** As in Thursday 17 May 1917, or About 1886. */
export function dayNameInFull(named: NamedDay): string {
  return named.uncertainty ? dayName(named) : dayInFull(named.day);
}

/** Why a day has no date of its own, in words; empty where it has. */
export function whyUncertain({ day, uncertainty }: NamedDay): string {
  if (!uncertainty) return "";
  const { stay, end } = uncertainty;
  if (end === "came" && day < stay.start) return "He may be there already";
  if (end === "came")
    return stay.left && day >= stay.left.first
      ? "He may not be there yet, or be gone"
      : "He may not be there yet";
  return day > stay.end ? "He may not have left yet" : "He may have left already";
}

export function addressOf({ day, uncertainty }: NamedDay): DayAddress {
  if (!uncertainty) return { date: isoOf(day), stay: "" };
  return { date: wordsOf(uncertainty), stay: uncertainty.stay.id };
}

/** The day on which the map has him come or leave, by the words of an address; null for others. */
export function dayNamed(words: string, stayId: string, road: readonly RoadStay[]): number | null {
  const known = road.filter(({ id }) => !stayId || id === stayId);
  const wanted = words.toLowerCase();
  const fits = (doubt: Doubt | null) => doubt?.words.toLowerCase() === wanted;
  return known.find(({ came }) => fits(came))?.start ?? known.find(({ left }) => fits(left))?.end ?? null;
}

/** When he came to a stay, or left it. */
export function dateOf(stay: RoadStay, end: "came" | "left"): string {
  return stay[end]?.words ?? dayInWords(end === "came" ? stay.start : stay.end);
}

function wordsOf({ stay, end }: Uncertainty): string {
  return stay[end]!.words;
}
