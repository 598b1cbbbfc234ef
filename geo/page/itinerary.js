"use strict";

/** Where the traveller is on any day: pure look-ups over the journey's data. */
class Itinerary {
  /** @param {JourneyData} data */
  constructor(data) {
    this.data = data;
    this.nodes = data.nodes.map((index) => data.places[index]);
    this.stops = this.nodes.filter((place) => place.number !== null);
    this.stopStarts = this.stops.map((place) => place.start ?? 0);
    this.starts = this.nodes.map((place) => place.start ?? 0);
    this.departures = data.legs.map((leg) => leg.days[0]);
    this.measured = data.legs.map((leg) => Itinerary.measure(leg));
    let sum = 0;
    this.kmBefore = data.legs.map((leg) => (sum += leg.km) - leg.km);
    this.captive = this.stops.filter((place) => data.phases[place.phase]?.captive);
    this.areas = data.areas.map((index) => data.places[index]);
  }

  /** Share of a leg's length at each of its points. @param {LegData} leg */
  static measure(leg) {
    const shares = [0];
    for (let i = 1; i < leg.days.length; i += 1) {
      const [lat, lon] = leg.curve[i];
      const [lat0, lon0] = leg.curve[i - 1];
      const shrink = Math.cos(((lat + lat0) * Math.PI) / 360);
      shares.push(shares[i - 1] + Math.hypot(lat - lat0, (lon - lon0) * shrink));
    }
    const whole = shares[shares.length - 1] || 1;
    return shares.map((share) => share / whole);
  }

  /** Index of the last item of a sorted list that is at most `value`, or -1. @param {number[]} list @param {number} value */
  static lastUpTo(list, value) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** @param {number} day @returns {Moment | null} null where there is no route at all */
  at(day) {
    if (!this.nodes.length) return null;
    const index = Math.max(0, Itinerary.lastUpTo(this.starts, day));
    const node = this.nodes[index];
    const next = this.nodes[index + 1];
    const away = day > (node.end ?? 0) && Boolean(next);
    const leg = Itinerary.lastUpTo(this.departures, day);
    const onLeg = leg >= 0 && (away || node.number === null) && day <= this.arrival(leg);
    const along = onLeg ? this.along(leg, day) : { point: [node.lat, node.lon], share: 1, reach: 0 };
    const stop = this.stops[Itinerary.lastUpTo(this.stopStarts, day)] ?? null;
    return {
      day,
      node,
      stop,
      travelling: onLeg && away,
      onLeg,
      leg,
      point: /** @type {[number, number]} */ (onLeg && away ? along.point : [node.lat, node.lon]),
      reach: along.reach,
      km: leg < 0 ? 0 : this.kmBefore[leg] + this.data.legs[leg].km * (onLeg ? along.share : 1),
      captiveDays: this.captive.reduce((sum, own) => sum + Itinerary.lived(own, day), 0),
      areas: this.areas.filter((own) => (own.start ?? 0) <= day && day <= (own.end ?? 0)),
    };
  }

  /** @param {number} leg */
  arrival(leg) {
    const { days } = this.data.legs[leg];
    return days[days.length - 1];
  }

  /** Point on a leg on a day. @param {number} leg @param {number} day */
  along(leg, day) {
    const { days, curve } = this.data.legs[leg];
    const i = Math.min(days.length - 2, Math.max(0, Itinerary.lastUpTo(days, day)));
    const part = days[i + 1] > days[i] ? Math.min(1, (day - days[i]) / (days[i + 1] - days[i])) : 1;
    const [lat, lon] = curve[i];
    const [lat1, lon1] = curve[i + 1];
    const shares = this.measured[leg];
    return {
      point: [lat + (lat1 - lat) * part, onWorld(lon + (lon1 - lon) * part)],
      share: shares[i] + (shares[i + 1] - shares[i]) * part,
      reach: i + part,
    };
  }

  /** Days of a stay gone by on `day`. @param {PlaceData} place @param {number} day */
  static lived(place, day) {
    const start = place.start ?? 0;
    return Math.max(0, Math.min(day, place.end ?? start) - start);
  }

  /** @param {number} day @returns {PlaceData | undefined} */
  nextStop(day) {
    return this.stops[Itinerary.lastUpTo(this.stopStarts, day) + 1];
  }

  /** @param {number} day @returns {PlaceData | undefined} the stop before the one of this day */
  previousStop(day) {
    return this.stops[Itinerary.lastUpTo(this.stopStarts, day - 1)];
  }

  /** One sentence for a screen reader. @param {Moment} moment */
  sentence(moment) {
    const { stop, node, travelling, leg, day } = moment;
    const total = this.stops.length;
    if (travelling) {
      const { from, to } = this.data.legs[leg];
      return `${dayInWords(day)}, on the way from ${this.data.places[from].place} to ${this.data.places[to].place}`;
    }
    const number = stop ? `, ${stop === node ? "" : "after "}stop ${stop.number} of ${total}` : "";
    return `${dayInWords(day)}, ${node.place}${number}`;
  }
}

/** A longitude that runs on past the antimeridian, brought back between -180 and 180. @param {number} lon */
function onWorld(lon) {
  return lon - 360 * Math.floor((lon + 180) / 360);
}
