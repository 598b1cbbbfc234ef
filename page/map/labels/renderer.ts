/** Paints labels as SVG text; those that are not placed stay in the page, unseen. */

import { svgElement } from "../../lib/dom";
import type { Placed } from "./placement";

export class LabelRenderer {
  readonly #group: SVGGElement;
  readonly #elements = new Map<string, SVGTextElement>();

  constructor(group: SVGGElement) {
    this.#group = group;
  }

  render(labels: readonly Placed[]): void {
    const shown = new Set(labels.map(({ label }) => label.id));
    for (const placed of labels) this.#render(placed);
    for (const [id, element] of this.#elements) {
      if (!shown.has(id) && element.getAttribute("class") !== "label off")
        element.setAttribute("class", "label off");
    }
  }

  /** The id of the label that an element of the page belongs to. */
  idAt(target: Element): string | undefined {
    const text = target.closest("text");
    return [...this.#elements].find(([, element]) => element === text)?.[0];
  }

  #render({ label, position }: Placed): void {
    const element = this.#element(label.id);
    const { note, size, anchor } = position;
    const words = `${label.text}\n${note}`;
    const style = `label ${label.kind}${label.place ? " known" : ""}`;
    const written = [words, style, position.x, position.y, anchor, size].join();
    if (element.dataset.written === written && element.getAttribute("class") === style) return;
    element.dataset.written = written;
    if (element.dataset.words !== words) setWords(element, label.text, note);
    const x = position.x.toFixed(1);
    for (const line of element.children) line.setAttribute("x", x);
    element.setAttribute("y", position.y.toFixed(1));
    element.setAttribute("text-anchor", anchor);
    element.setAttribute("font-size", size.toFixed(1));
    element.setAttribute("class", style);
    const { left, top, right, bottom } = position.box;
    const middle = `${((left + right) / 2).toFixed(1)} ${((top + bottom) / 2).toFixed(1)}`;
    if (label.angle) element.setAttribute("transform", `rotate(${label.angle} ${middle})`);
    else element.removeAttribute("transform");
  }

  #element(id: string): SVGTextElement {
    let element = this.#elements.get(id);
    if (!element) {
      element = svgElement("text", {}, this.#group);
      this.#elements.set(id, element);
    }
    return element;
  }
}

function setWords(element: SVGTextElement, text: string, note: string): void {
  element.dataset.words = `${text}\n${note}`;
  element.replaceChildren();
  svgElement("tspan", {}, element).textContent = text;
  if (note) svgElement("tspan", { class: "note", dy: "1.15em" }, element).textContent = note;
}
