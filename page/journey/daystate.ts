/** The day shown, and who listens to it. */

import { clamp } from "../lib/numbers";
import type { Mention, Stop } from "./data";
import type { Itinerary, Moment } from "./itinerary";

/** How the days pass: not at all, by themselves, or under the pointer. */
export type Pace = "rest" | "play" | "drag";

export class DayState {
  day: number;
  /** Whether the whole journey is shown at once, as before it begins. */
  overview = true;
  pace: Pace = "rest";
  /** A place off the road that the reader has asked about. */
  chosen: Mention | null = null;
  /** Null where there is no road. */
  moment: Moment | null;
  readonly #listeners: ((state: DayState) => void)[] = [];

  constructor(readonly itinerary: Itinerary) {
    this.day = itinerary.data.first;
    this.moment = itinerary.at(this.day);
  }

  /** Call `listener` whenever the day, or how it is shown, has changed; in the order of subscription. */
  subscribe(listener: (state: DayState) => void): void {
    this.#listeners.push(listener);
  }

  /** Tell everybody of the day as it is. */
  notify(): void {
    for (const listener of this.#listeners) listener(this);
  }

  /** Show a day, or the nearest of the journey. */
  setDay(day: number, pace = this.pace): void {
    const { first, last } = this.itinerary.data;
    this.day = clamp(day, first, last);
    this.moment = this.itinerary.at(this.day);
    this.overview = false;
    this.chosen = null;
    this.pace = pace;
    this.notify();
  }

  setPace(pace: Pace): void {
    this.pace = pace;
    this.notify();
  }

  showOverview(): void {
    this.overview = true;
    this.chosen = null;
    this.pace = "rest";
    this.notify();
  }

  /** Tell of a place off the road; of the day again where it was told of already. */
  toggleChosen(place: Mention): void {
    this.overview = false;
    this.chosen = this.chosen === place ? null : place;
    this.notify();
  }

  /** The stop he is in, neither on the way nor resting elsewhere. */
  get currentStop(): Stop | null {
    const { moment } = this;
    return this.overview || !moment || moment.travelling || moment.stay !== moment.stop ? null : moment.stop;
  }

  /** What is shown, in one sentence for a screen reader. */
  sentence(): string {
    if (this.overview) return `The whole journey, ${this.itinerary.span.join(" to ")}`;
    return this.moment ? this.itinerary.sentence(this.moment) : "No stop yet";
  }
}
