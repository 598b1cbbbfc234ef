/** The latest leg so far: a band that swells towards the traveller, with arrows. */

import { svgElement } from "../lib/dom";
import { type XY, distance, ribbonThrough } from "../lib/geometry";

/** Pixels before the traveller at which arrows sit. */
const ARROWS = [74, 300, 620];
/** The band swells from one width to another over its last px. */
const RIBBON = { thin: 2, thick: 4.4, reach: 520 };

export class LatestLeg {
  /** Factor on its width, larger on a wall. */
  weight = 1;
  readonly #group: SVGGElement;
  readonly #ribbon: SVGPathElement;
  readonly #arrows: SVGPathElement[];

  constructor(svg: SVGSVGElement) {
    this.#group = svgElement("g", { class: "latest" }, svg);
    this.#ribbon = svgElement("path", { class: "ribbon" }, this.#group);
    this.#arrows = ARROWS.map(() =>
      svgElement("path", { class: "arrow", d: "M-7 -6.5L7.5 0L-7 6.5L-3.6 0Z" }, this.#group),
    );
  }

  /** Show the leg through these points, in px, none where there are none; lighter while it is uncertain. */
  show(points: readonly XY[], uncertain: boolean): void {
    this.#group.classList.toggle("uncertain", uncertain);
    const { thin, thick, reach } = RIBBON;
    this.#ribbon.setAttribute("d", ribbonThrough(points, thin * this.weight, thick * this.weight, reach));
    const transforms = arrowTransforms(points);
    this.#arrows.forEach((arrow, i) => {
      const transform = transforms[i];
      arrow.toggleAttribute("hidden", !transform);
      if (transform) arrow.setAttribute("transform", transform);
    });
  }
}
/** Places and directions of the arrows, counted back from the end. */
function arrowTransforms(points: readonly XY[]): string[] {
  const transforms: string[] = [];
  let behind = 0;
  for (let i = points.length - 1; i > 0; i -= 1) {
    const [head, tail] = [points[i]!, points[i - 1]!];
    const length = distance(head, tail);
    for (
      let next = ARROWS[transforms.length];
      next !== undefined && behind + length >= next;
      next = ARROWS[transforms.length]
    ) {
      const part = (next - behind) / length;
      const [x, y] = [head.x + (tail.x - head.x) * part, head.y + (tail.y - head.y) * part];
      const turn = (Math.atan2(head.y - tail.y, head.x - tail.x) * 180) / Math.PI;
      transforms.push(`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`);
    }
    behind += length;
  }
  return transforms;
}
