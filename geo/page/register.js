"use strict";

/**
 * What is said below the name of a state that is not its own master: alone, and before the
 * name of the other.
 * @type {Record<string, [string, string]>}
 */
const STANDINGS = {
  union: ["", "in union with"],
  autonomous: ["autonomous", "autonomous under"],
  vassal: ["tributary", "tributary to"],
  protectorate: ["protectorate", "protectorate of"],
  colony: ["colony", "colony of"],
  mandate: ["mandate", "mandate of"],
  international: ["international", "international under"],
  leased: ["leased", "leased to"],
  occupied: ["occupied", "occupied by"],
};

/** Names of the states, day by day; what they hold is the painter's business. */
class Register {
  /** @param {Polities} polities */
  constructor({ polities, changes }) {
    this.polities = polities;
    /** Days on which any land, name or status changes, sorted. */
    this.changes = changes;
    /** @type {{step: number, names: StateName[]}} */
    this.known = { step: -2, names: [] };
  }

  /** Between two days of the same step nothing changes. @param {number} day */
  step(day) {
    return Itinerary.lastUpTo(this.changes, day);
  }

  /** Every state with land on a day and room for its name. @param {number} day @returns {StateName[]} */
  names(day) {
    const step = this.step(day);
    if (this.known.step !== step) {
      this.known = { step, names: this.polities.map((polity) => this.nameOf(polity, day)).filter((name) => name !== null) };
    }
    return this.known.names;
  }

  /** @param {Polity} polity @param {number} day @returns {StateName | null} */
  nameOf({ key, spans, labels }, day) {
    const label = Register.last(labels, day);
    const span = Register.last(spans, day);
    if (!label || !span || label[1] === null) return null;
    const [, lat, lon, width, angle] = label;
    return { key, name: span[1], note: this.note(span[2], span[3], day), lat, lon, width, angle };
  }

  /** What a state was, where not its own master. @param {string} status @param {number | null} under @param {number} day */
  note(status, under, day) {
    const master = under === null ? "" : (Register.last(this.polities[under].spans, day)?.[1] ?? "");
    const [own, of] = STANDINGS[status] ?? ["", ""];
    return master && of ? `${of} ${master}`.trim() : own;
  }

  /** The last entry that has begun by a day. @template {[number, ...any]} Entry @param {Entry[]} entries @param {number} day @returns {Entry | undefined} */
  static last(entries, day) {
    return entries[Itinerary.lastUpTo(entries.map(([from]) => from), day)];
  }
}
