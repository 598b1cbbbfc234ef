"use strict";

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
    return { key, name: span[1], lat, lon, width, angle };
  }

  /** The last entry that has begun by a day. @template {[number, ...any]} Entry @param {Entry[]} entries @param {number} day @returns {Entry | undefined} */
  static last(entries, day) {
    return entries[Itinerary.lastUpTo(entries.map(([from]) => from), day)];
  }
}
