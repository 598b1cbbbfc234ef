"use strict";

/** Size of the words along a leg and their distance from it, in px. */
const LEG_NAME = { size: 14.5, lift: 9, margin: 26 };

/** Words along the latest leg that say whence it comes, where its beginning is out of view. */
class LegName {
  /** @param {SVGElement} group @param {JourneyData} data */
  constructor(group, data) {
    this.data = data;
    this.path = svg("path", { id: "leg-course", fill: "none" }, group);
    this.text = svg("text", { class: "label leg-name off", dy: -LEG_NAME.lift }, group);
    this.words = svg("textPath", { href: "#leg-course" }, this.text);
  }

  /** @param {any} road @param {Moment} moment @param {LabelView} view @param {Room} room @param {Labels} labels */
  layout(road, moment, view, room, labels) {
    const course = view.whole || moment.leg < 0 ? [] : this.course(road, moment, view);
    const words = course.length ? this.saying(this.data.legs[moment.leg]) : "";
    const size = LEG_NAME.size * view.lettering;
    const width = words ? labels.measure("way", words, size) + words.length * 0.04 * size : 0;
    const boxes = words ? boxesAlong(course, width, size) : [];
    const fits = boxes.length > 0 && boxes.every((box) => room.free(box, ""));
    this.text.setAttribute("class", `label leg-name${fits ? "" : " off"}`);
    if (!fits) return;
    boxes.forEach((box) => room.block(box));
    this.path.setAttribute("d", pathThrough(course, Infinity));
    this.text.setAttribute("font-size", size.toFixed(1));
    this.words.setAttribute("startOffset", String(LEG_NAME.margin));
    this.words.textContent = words;
  }

  /** The stretch of the leg that is in view, read from left to right; none where its beginning is too. @param {any} road @param {Moment} moment @param {LabelView} view */
  course(road, moment, view) {
    const { left, top, right, bottom } = view.open;
    const inside = (/** @type {Point} */ { x, y }) => x > left && x < right && y > top && y < bottom;
    const points = /** @type {Point[]} */ (road.travelled());
    if (!points.length || inside(points[0])) return [];
    const first = points.findIndex(inside);
    if (first < 0) return [];
    const length = points.slice(first).findIndex((point) => !inside(point));
    const seen = points.slice(first, length < 0 ? undefined : first + length);
    const rightward = seen[seen.length - 1].x >= seen[0].x;
    return rightward ? seen : [];
  }

  /** @param {LegData} leg */
  saying(leg) {
    const via = leg.via.length ? `, by way of ${this.data.places[leg.via[0]].place}` : "";
    return `from ${this.data.places[leg.from].place}${via}`;
  }
}

/**
 * Boxes that words of a width take above a course; none where it is too short.
 * @param {Point[]} course @param {number} width @param {number} size
 */
function boxesAlong(course, width, size) {
  /** @type {LabelBox[]} */
  const boxes = [];
  let walked = -LEG_NAME.margin;
  for (let i = 1; i < course.length && walked < width; i += 1) {
    const [a, b] = [course[i - 1], course[i]];
    walked += Math.hypot(b.x - a.x, b.y - a.y);
    if (walked < 0) continue;
    const lift = LEG_NAME.lift + size;
    boxes.push({ left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y) - lift, bottom: Math.max(a.y, b.y) - LEG_NAME.lift + 3 });
  }
  return walked < width ? [] : boxes;
}
