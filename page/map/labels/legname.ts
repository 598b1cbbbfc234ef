/** Words along the latest leg that say whence it comes, where its beginning is out of view. */

import type { Itinerary } from "../../journey/itinerary";
import type { Leg } from "../../journey/legs";
import { svgElement } from "../../lib/dom";
import { type XY, pathThrough } from "../../lib/geometry";
import type { LabelScene } from "./candidates";
import type { CollisionIndex } from "./collisions";
import type { Measure } from "./label";
import { LEG_TYPE, boxesAlong, stretchInView } from "./legcourse";

export class LegName {
  readonly #itinerary: Itinerary;
  readonly #measure: Measure;
  readonly #path: SVGPathElement;
  readonly #text: SVGTextElement;
  readonly #words: SVGTextPathElement;

  constructor(group: SVGGElement, itinerary: Itinerary, measure: Measure) {
    this.#itinerary = itinerary;
    this.#measure = measure;
    this.#path = svgElement("path", { id: "leg-course", fill: "none" }, group);
    this.#text = svgElement("text", { class: "label leg-name off", dy: -LEG_TYPE.lift }, group);
    this.#words = svgElement("textPath", { href: "#leg-course" }, this.#text);
  }

  /** Name the latest leg, whose points so far are `travelled`, where the room allows it. */
  render(travelled: readonly XY[], scene: LabelScene, room: CollisionIndex): void {
    const leg = scene.state.overview ? undefined : this.#itinerary.legs[scene.moment.leg];
    const course = leg ? stretchInView(travelled, scene.free) : [];
    const words = leg && course.length ? this.#wordsFor(leg) : "";
    const size = LEG_TYPE.size * scene.typeScale;
    const width = this.#measure("way", words, size) + words.length * LEG_TYPE.spacing * size;
    const boxes = words ? boxesAlong(course, width, size) : [];
    const fits = boxes.length > 0 && boxes.every((box) => room.isFree(box, ""));
    this.#text.setAttribute("class", `label leg-name${fits ? "" : " off"}`);
    if (!fits) return;
    for (const box of boxes) room.block(box);
    this.#path.setAttribute("d", pathThrough(course));
    this.#text.setAttribute("font-size", size.toFixed(1));
    this.#words.setAttribute("startOffset", String(LEG_TYPE.margin));
    this.#words.textContent = words;
  }

  #wordsFor(leg: Leg): string {
    const { from, via } = this.#itinerary.endsOf(leg);
    return `from ${from.place}${via[0] ? `, by way of ${via[0].place}` : ""}`;
  }
}
