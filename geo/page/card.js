"use strict";

/** The story card: what is known of where he is, and who says so. */
class Card {
  /** @param {JourneyData} data @param {Itinerary} itinerary */
  constructor(data, itinerary) {
    this.data = data;
    this.itinerary = itinerary;
    /** What the card tells of now. */
    this.told = "";
  }

  /** @param {Moment} moment @param {PlaceData | null} chosen an off-route place to tell of instead */
  show(moment, chosen) {
    const place = chosen ?? (moment.travelling ? null : moment.node);
    const key = place ? `${place.id} ${moment.areas.map((area) => area.id)}` : `leg ${moment.leg}`;
    if (key === this.told) return;
    this.told = key;
    if (place) this.tellPlace(place, moment);
    else this.tellLeg(moment);
  }

  /** @param {PlaceData} place @param {Moment} moment */
  tellPlace(place, moment) {
    const total = this.itinerary.stops.length;
    const kind = place.number === null ? ROLE_WORDS[place.role] ?? "On the way" : `Stop ${place.number} of ${total}`;
    this.head(kind, place.phase, place.place, nowName(place), place.dates, place.oldStyle);
    say("card-story", place.story || place.title);
    this.says(place, moment);
    this.facts([
      ["From", this.fromWhere(place)],
      ["Within", place.phase < 0 ? "" : moment.areas.filter((area) => area !== place).map((area) => area.place).join(", ")],
      ["State", place.state],
      ["Certainty", place.sureness],
    ], place);
  }

  /** @param {Moment} moment */
  tellLeg(moment) {
    const leg = this.data.legs[moment.leg];
    const [from, to] = [this.data.places[leg.from], this.data.places[leg.to]];
    const start = Math.round(leg.days[0]);
    const end = Math.round(leg.days[leg.days.length - 1]);
    const silent = end - start > 30 + leg.km / 100;
    this.head(silent ? "Between stops" : "On the way", to.phase, `To ${to.place}`, `from ${from.place}`, `${dayInWords(start)} – ${dayInWords(end)}`, "");
    const unknown = silent ? "No place is known for this day." : "";
    say("card-story", moment.node.number === null ? moment.node.story : unknown);
    part("card-says").replaceChildren();
    part("card-says").hidden = true;
    this.facts([["Road", `${byWay(leg, this.data)}${kilometres(leg.km)}`], ["Within", moment.areas.map((area) => area.place).join(", ")]], null);
  }

  /** @param {string} kind @param {number} phase @param {string} name @param {string} now @param {string} dates @param {string} oldStyle */
  head(kind, phase, name, now, dates, oldStyle) {
    say("card-number", kind);
    say("card-phase", sentenceCase(this.data.phases[phase]?.name ?? ""));
    part("card-swatch").setAttribute("class", `swatch phase-${phase % 5}${this.data.phases[phase]?.captive ? " captive" : ""}`);
    part("card-tag").hidden = phase < 0 || !this.data.phases[phase]?.name;
    say("card-place", name);
    say("card-now", now);
    say("card-dates", dates);
    say("card-old-style", oldStyle && `Old Style ${oldStyle}`);
  }

  /** Where text and record part. @param {PlaceData} place @param {Moment} moment */
  says(place, moment) {
    const claims = [place, ...(place.phase < 0 ? [] : moment.areas)].map((own) => own.claim).filter(Boolean);
    const list = part("card-says");
    list.replaceChildren();
    list.hidden = !claims.length;
    for (const claim of claims) addFact(list, "Text says", claim);
    if (claims.length) addFact(list, "Record says", [place.dates, place.title].filter(Boolean).join(": "));
  }

  /** @param {string[][]} facts @param {PlaceData | null} place */
  facts(facts, place) {
    const list = part("card-facts");
    list.replaceChildren();
    for (const [term, words] of facts) if (words) addFact(list, term, words);
    if (!place) return;
    addFact(list, "Texts", this.references(place) || "Silent: this is known from the record alone");
    if (!place.sources.length) return;
    const sources = addFact(list, "Sources", "");
    place.sources.forEach((source, i) => {
      if (i) sources.append("; ");
      sources.append(sourceNode(source));
    });
  }

  /** The texts that name a place, each once with its paragraphs. @param {PlaceData} place */
  references(place) {
    /** @type {Map<string, number[]>} */
    const byText = new Map();
    for (const { text, paragraph } of place.references) byText.set(text, [...(byText.get(text) ?? []), paragraph]);
    return [...byText].map(([text, paragraphs]) => `${this.data.texts[text] ?? text}, ¶ ${paragraphs.join(", ")}`).join("; ");
  }

  /** @param {PlaceData} place */
  fromWhere(place) {
    const leg = this.data.legs.find((own) => this.data.places[own.to] === place);
    if (!leg) return "";
    return `${this.data.places[leg.from].place}, ${byWay(leg, this.data)}${kilometres(leg.km)}`;
  }
}

/** @type {Record<string, string>} */
const ROLE_WORDS = {
  "passed-through": "Passed through",
  unreached: "Never reached",
  "acted-from-afar": "Acted on from afar",
  mentioned: "Named, not visited",
  expelled: "Expelled from here",
};

/** @param {PlaceData} place */
function nowName(place) {
  const now = [place.modern && place.modern !== place.place ? place.modern : "", place.country].filter(Boolean).join(", ");
  return now && (place.modern && place.modern !== place.place ? `now ${now}` : now === place.place ? "" : now);
}

/** @param {number} km */
function kilometres(km) {
  const rounded = km < 100 ? Math.round(km) : Math.round(km / 10) * 10;
  return `${grouped(rounded)} km`;
}

/** @param {LegData} leg @param {JourneyData} data */
function byWay(leg, data) {
  const names = [...new Set(leg.via.map((index) => data.places[index].place))];
  if (!names.length) return "";
  const few = names.length > 3 ? [names[0], names[Math.floor(names.length / 2)], names[names.length - 1]] : names;
  return `by way of ${few.join(", ")}: `;
}

/** @param {HTMLElement} list @param {string} term @param {string} words */
function addFact(list, term, words) {
  const name = document.createElement("dt");
  const value = document.createElement("dd");
  name.textContent = term;
  value.textContent = words;
  list.append(name, value);
  return value;
}

/** A source as a link where it has an http or https address, as words otherwise. @param {{words: string, url: string | null}} source */
function sourceNode({ words, url }) {
  if (!url || !/^https?:\/\//i.test(url)) return document.createTextNode([words, url].filter(Boolean).join(" "));
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.textContent = words || url;
  return link;
}
