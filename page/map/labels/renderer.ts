/** Paints labels as SVG text; those that are not placed stay in the page, unseen. */

import { svgElement } from "../../lib/dom";
import { type Label, LINE_GAP } from "./label";
import type { Placed } from "./placement";

export class LabelRenderer {
  readonly #group: SVGGElement;
  readonly #elements = new Map<string, SVGTextElement>();
  /** What each element was last written for. */
  readonly #labels = new WeakMap<Element, Label>();

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

  /** The label that an element of the page belongs to. */
  labelAt(target: Element): Label | undefined {
    const text = target.closest("text");
    return text ? this.#labels.get(text) : undefined;
  }

  #render({ label, position }: Placed): void {
    const element = this.#element(label.id);
    const { lines, note, size, anchor, angle } = position;
    const words = [...lines, note].join("\n");
    this.#labels.set(element, label);
    const style = `label ${label.kind}${label.place ? " known" : ""}`;
    const written = [words, style, position.x, position.y, anchor, size, angle].join();
    if (element.dataset.written === written && element.getAttribute("class") === style) return;
    element.dataset.written = written;
    if (element.dataset.words !== words) setWords(element, lines, note);
    const x = position.x.toFixed(1);
    for (const line of element.children) line.setAttribute("x", x);
    element.setAttribute("y", position.y.toFixed(1));
    element.setAttribute("text-anchor", anchor);
    element.setAttribute("font-size", size.toFixed(1));
    element.setAttribute("class", style);
    const { left, top, right, bottom } = position.box;
    const middle = `${((left + right) / 2).toFixed(1)} ${((top + bottom) / 2).toFixed(1)}`;
    if (angle) element.setAttribute("transform", `rotate(${angle} ${middle})`);
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

function setWords(element: SVGTextElement, lines: readonly string[], note: string): void {
  element.dataset.words = [...lines, note].join("\n");
  element.replaceChildren();
  lines.forEach((line, i) => {
    // Who reads or copies the name finds its words apart.
    const words = i < lines.length - 1 && !/[-–]$/.test(line) ? `${line} ` : line;
    svgElement("tspan", i ? { dy: `${LINE_GAP}em` } : {}, element).textContent = words;
  });
  if (note) svgElement("tspan", { class: "note", dy: "1.15em" }, element).textContent = note;
}
