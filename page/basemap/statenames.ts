/** The names of the states, day by day, and what each was. */

import { lastUpTo } from "../lib/numbers";
import type { Polities, Polity } from "./data";

/** A state's name on the map: around a point, along land so many degrees of longitude wide. */
export interface StateName {
  key: string;
  name: string;
  /** Another name for little room; empty where there is none. */
  short: string;
  /** 1 for a great power of the day, 2 for another state, 3 for other land. */
  rank: number;
  /** What it was, where not sovereign. */
  note: string;
  lat: number;
  lon: number;
  width: number;
  angle: number;
}

export class StateNames {
  /** Days on which any land, name or status changes, sorted. */
  readonly changes: readonly number[];
  readonly #polities: Polities;
  /** The names since the last change. */
  #known: { step: number; names: StateName[] } | undefined;

  constructor(polities: Polities) {
    this.changes = polities.changes;
    this.#polities = polities;
  }

  /** Between two days of the same step nothing changes. */
  step(day: number): number {
    return lastUpTo(this.changes, day);
  }

  /** Every state with land on a day and room for its name. */
  on(day: number): StateName[] {
    const step = this.step(day);
    if (this.#known?.step !== step) {
      this.#known = {
        step,
        names: this.#polities.polities.flatMap((polity) => this.#nameOf(polity, day) ?? []),
      };
    }
    return this.#known.names;
  }

  #nameOf({ key, spans, labels }: Polity, day: number): StateName | null {
    const label = latest(labels, day);
    const span = latest(spans, day);
    if (!label || !span || label[1] === null) return null;
    const [, lat, lon, width, angle] = label;
    const [, name, , , , rank, short] = span;
    const note = this.#note(span[2], span[3], day);
    // `Contested in the civil war` says already what it was.
    const told = name.toLowerCase().includes(note);
    return { key, name, short, rank, note: told ? "" : note, lat, lon, width, angle };
  }

  #note(status: string, under: number | null, day: number): string {
    const words = this.#polities.statuses[status];
    if (!words) return "";
    const power = under === null ? undefined : latest(this.#polities.polities[under]!.spans, day)?.[1];
    return power && words.under ? `${words.under} ${power}` : words.alone;
  }
}

/** The last entry that has begun by a day. */
function latest<Entry extends readonly [number, ...unknown[]]>(
  entries: readonly Entry[],
  day: number,
): Entry | undefined {
  return entries[
    lastUpTo(
      entries.map(([from]) => from),
      day,
    )
  ];
}
