/** The story card: what is known of where he is, and who says so. */

import type { Place, Source } from "../journey/data";
import { isStay } from "../journey/data";
import { dateOf } from "../journey/dayname";
import type { DayState } from "../journey/daystate";
import type { Itinerary, Moment } from "../journey/itinerary";
import type { Leg } from "../journey/legs";
import { getElement, setText } from "../lib/dom";
import { kilometres, sentenceCase } from "../lib/numbers";
import { addFact, sourceNode } from "./facts";
import { waysInWords } from "./ways";

/** More days than this for a leg, and one for each 100 km, are no journey but a silence. */
const LONGEST_LEG_DAYS = 30;
const KM_PER_DAY = 100;
/** Way-points named for a leg at the most. */
const MOST_WAYPOINTS = 3;
/** How an entry of the sources begins that tells of two readings; `docs/places-csv.md` has it. */
const DISPUTE = "sources differ";

/** What stands at the head of the card. */
interface Heading {
  kind: string;
  phase: number | null;
  name: string;
  now: string;
  dates: string;
  oldStyle: string;
}

export class Card {
  readonly #itinerary: Itinerary;
  /** What the card tells of now. */
  #told = "";

  constructor(itinerary: Itinerary) {
    this.#itinerary = itinerary;
  }

  show({ moment, chosen }: DayState): void {
    if (!moment) return;
    const place = chosen ?? (moment.travelling ? null : moment.stay);
    const key = place ? `${place.id} ${moment.areas.map((area) => area.id).join(" ")}` : `leg ${moment.leg}`;
    if (key === this.#told) return;
    this.#told = key;
    if (place) this.#tellPlace(place, moment);
    else this.#tellLeg(moment);
  }

  #tellPlace(place: Place, moment: Moment): void {
    const around = isStay(place) ? moment.areas.filter((area) => area !== place) : [];
    this.#head({
      kind:
        place.type === "stop"
          ? `Stop ${place.number} of ${this.#itinerary.stops.length}`
          : sentenceCase(place.role),
      phase: isStay(place) ? place.phase : null,
      name: place.place,
      now: nameNow(place),
      dates: place.dates,
      oldStyle: place.oldStyle,
    });
    setText("card-story", place.story || place.title);
    this.#tellReadings(place, isStay(place) ? moment.areas : []);
    const facts = this.#facts([
      ["From", this.#origin(place)],
      ["Within", around.map((area) => area.place).join(", ")],
      ["State", isStay(place) ? place.state : ""],
      ["Certainty", place.certainty],
      ["Texts", this.#references(place) || "Silent: this is known from the record alone"],
    ]);
    const cited = place.sources.filter((source) => !isDispute(source));
    if (!cited.length) return;
    const sources = addFact(facts, "Sources", "");
    cited.forEach((source, i) => sources.append(i ? "; " : "", sourceNode(source)));
  }

  #tellLeg(moment: Moment): void {
    const leg = this.#itinerary.legs[moment.leg]!;
    const { from, to } = this.#itinerary.endsOf(leg);
    const [start, end] = this.#itinerary.spanOf(leg);
    const dates = new Set([dateOf(from, "left"), dateOf(to, "came")]);
    const silent = end - start > LONGEST_LEG_DAYS + leg.km / KM_PER_DAY;
    this.#head({
      kind: silent ? "Between stops" : "On the way",
      phase: to.phase,
      name: `To ${to.place}`,
      now: `from ${from.place}`,
      dates: [...dates].join(" – "),
      oldStyle: "",
    });
    const unknown = silent ? "No place is known for this day." : "";
    setText("card-story", moment.stay.type === "way-point" ? moment.stay.story : unknown);
    this.#tellReadings(null, []);
    this.#facts([
      ["Road", this.#course(leg)],
      ["Within", moment.areas.map((area) => area.place).join(", ")],
    ]);
  }

  #head({ kind, phase, name, now, dates, oldStyle }: Heading): void {
    const phaseName = phase === null ? "" : (this.#itinerary.data.phases[phase]?.name ?? "");
    setText("card-number", kind);
    setText("card-phase", sentenceCase(phaseName));
    const style = phase === null ? "" : (this.#itinerary.phaseClasses[phase] ?? "");
    getElement("card-swatch").setAttribute("class", `swatch ${style}`);
    getElement("card-tag").hidden = !phaseName;
    setText("card-place", name);
    setText("card-now", now);
    setText("card-dates", dates);
    setText("card-old-style", oldStyle && `Old Style ${oldStyle}`);
  }

  /** Where text and record part, or the sources among themselves: every reading, and whose it is. */
  #tellReadings(place: Place | null, areas: readonly Place[]): void {
    const disputes = (place?.sources ?? []).filter(isDispute);
    const claims = [...(place ? [place] : []), ...areas].map(({ claim }) => claim).filter(Boolean);
    const list = getElement("card-says");
    list.replaceChildren();
    list.hidden = !claims.length && !disputes.length;
    for (const claim of claims) addFact(list, "Text says", claim);
    for (const { words, url } of disputes)
      addFact(list, "Sources differ", "").append(sourceNode({ words: readingsOf(words), url }));
    if (place && !list.hidden)
      addFact(list, "Record says", [place.dates, place.title].filter(Boolean).join(": "));
  }

  /** Tell facts, those without words left out; returns their list. */
  #facts(facts: [term: string, words: string][]): HTMLElement {
    const list = getElement("card-facts");
    list.replaceChildren();
    for (const [term, words] of facts) if (words) addFact(list, term, words);
    return list;
  }

  /** The texts that name a place, each once with its paragraphs. */
  #references(place: Place): string {
    const paragraphs = new Map<string, number[]>();
    for (const { text, paragraph } of place.references) {
      paragraphs.set(text, [...(paragraphs.get(text) ?? []), paragraph]);
    }
    const { texts } = this.#itinerary.data;
    return [...paragraphs]
      .map(([text, numbers]) => `${texts[text] ?? text}, ¶ ${numbers.join(", ")}`)
      .join("; ");
  }

  #origin(place: Place): string {
    const leg = isStay(place) ? this.#itinerary.legTo(place) : undefined;
    return leg ? `${this.#itinerary.endsOf(leg).from.place}, ${this.#course(leg)}` : "";
  }

  /** How he came by a leg, its way-points and its length. */
  #course(leg: Leg): string {
    const { via, to } = this.#itinerary.endsOf(leg);
    const names = [...new Set(via.map(({ place }) => place))];
    const few =
      names.length > MOST_WAYPOINTS ? [names[0], names[Math.floor(names.length / 2)], names.at(-1)] : names;
    const words = [waysInWords([...via, to]), few.length ? `by way of ${few.join(", ")}` : ""];
    const told = words.filter(Boolean).join(", ");
    return `${told && `${told}: `}${kilometres(leg.km)}`;
  }
}

/** Whether an entry of the sources says that they differ, on what, and who says which. */
function isDispute({ words }: Source): boolean {
  return words.startsWith(DISPUTE);
}

/** As in "On the landing: 13 or 14 January". */
function readingsOf(dispute: string): string {
  return sentenceCase(dispute.slice(DISPUTE.length).replace(/^[:\s]+/, ""));
}

/** What the place is called now, and in which country of today. */
function nameNow({ place, modern, country }: Place): string {
  const renamed = modern && modern !== place;
  const now = [renamed ? modern : "", country].filter(Boolean).join(", ");
  if (renamed) return `now ${now}`;
  return now === place ? "" : now;
}
