/** Marks in SVG, each an element. */

import { svgElement } from "../lib/dom";
import type { MarkLayer } from "./marklayer";
import type { Marker } from "./markers";
import { outlineOf } from "./markshape";

export class SvgMarks implements MarkLayer {
  readonly elements: Element[] = [];
  readonly #group: SVGGElement;
  readonly #factor: () => number;
  readonly #marks = new Map<Marker, { element: SVGPathElement; drawn: string }>();

  /** `factor` gives by how much marks are larger or smaller than usual. */
  constructor(svg: SVGSVGElement, factor: () => number) {
    this.#group = svgElement("g", { class: "marks" }, svg);
    this.#factor = factor;
  }

  /** All are drawn, the same each time: another zoom moves them. */
  setMarkers(markers: readonly Marker[]): void {
    for (const marker of markers) {
      const element = this.#marks.get(marker)?.element ?? svgElement("path", {}, this.#group);
      this.#marks.set(marker, { element, drawn: "" });
    }
  }

  update(): void {
    const factor = this.#factor();
    for (const [marker, mark] of this.#marks) {
      const drawn = `${marker.look} ${factor}`;
      if (mark.drawn === drawn) continue;
      mark.drawn = drawn;
      mark.element.setAttribute("class", `mark ${marker.look}`);
      // A shape is drawn where it is: moved there, each would be a layer of its own to put together.
      const centre = { x: round(marker.x), y: round(marker.y) };
      mark.element.setAttribute("d", marker.look && outlineOf(marker.look, centre, factor));
    }
  }
}

const round = (px: number) => Math.round(px * 10) / 10;
