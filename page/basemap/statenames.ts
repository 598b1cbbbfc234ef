/** The names of the states, day by day, and what each was. */

import type { XY } from "../lib/geometry";
import { lastUpTo } from "../lib/numbers";
import { inSlices } from "../lib/slices";
import type { Polities, Polity } from "./data";
import { LandGrid } from "./landgrid";

/** A state's name on the map: around a point, along land so many degrees of longitude wide. */
export interface StateName {
  key: string;
  name: string;
  /** Another name for little room; empty where there is none. */
  short: string;
  /** 1 for a great power of the day, 2 for another state, 3 for other land. */
  rank: number;
  /** Whether it was another's, or in another's hands. */
  dependent: boolean;
  /** What it was, where not sovereign, or under whom: `Provisional Government`. */
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
  /** The names since the last change, and the key of the polity that holds each piece of land. */
  #known: { step: number; names: StateName[]; holders: (string | undefined)[] } | undefined;
  readonly #land: LandGrid;

  constructor(polities: Polities) {
    this.changes = polities.changes;
    this.#polities = polities;
    this.#land = new LandGrid(polities);
  }

  /** Work out bit by bit whose land lies where, before the first name needs it. */
  prepare(): void {
    inSlices(this.#land.filling);
  }

  /** Between two days of the same step nothing changes. */
  step(day: number): number {
    return lastUpTo(this.changes, day);
  }

  /** Every state with land on a day and room for its name. */
  on(day: number): StateName[] {
    return this.#on(day).names;
  }

  /** Key of the polity that holds the land at a point of the world's unit square, if one does. */
  holderAt(point: XY, day: number): string | undefined {
    return this.#on(day).holders[this.#land.at(point)];
  }

  #on(day: number) {
    const step = this.step(day);
    if (this.#known?.step !== step) {
      const { polities, objects } = this.#polities;
      this.#known = {
        step,
        names: polities.flatMap((polity) => this.#nameOf(polity, day) ?? []),
        holders: objects.atoms.geometries.map(({ properties }) => this.#holderOf(properties.t, day)),
      };
    }
    return this.#known;
  }

  #holderOf(timeline: number | null, day: number): string | undefined {
    const polity = timeline === null ? null : latest(this.#polities.timelines[timeline] ?? [], day)?.[1];
    return this.#polities.polities[polity ?? -1]?.key;
  }

  #nameOf({ key, spans, labels }: Polity, day: number): StateName | null {
    const label = latest(labels, day);
    const span = latest(spans, day);
    if (!label || !span || label[1] === null) return null;
    const [, lat, lon, width, angle] = label;
    const [, full, status, under, , rank, short] = span;
    // Of `Russia (Provisional Government)` the second half is told below the name.
    const [, name = full, regime = ""] = /^(.+) \((.+)\)$/.exec(full) ?? [];
    const note = this.#note(status, under, day);
    const dependent = (this.#polities.statuses[status]?.drawn ?? "sovereign") !== "sovereign";
    // `Contested in the civil war` says already what it was.
    const told = name.toLowerCase().includes(note);
    return { key, name, short, rank, dependent, note: told ? regime : note, lat, lon, width, angle };
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
