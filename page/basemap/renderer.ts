/** Paints the basemap: sea, ripples, land and waters, over which the states of a day are painted. */

import { worldX, worldY } from "../lib/mercator";
import { type WorldBox, buffered, overlaps } from "../lib/worldbox";
import { Arcs, FINE, type RankedLine, type Shape, asLines } from "./arcs";
import { type Context, stroke, strokeBorder } from "./canvas";
import type { Basemap, Polities } from "./data";
import { StatesRenderer } from "./states";
import type { BasemapView, Viewport } from "./style";
import type { Rect } from "../lib/geometry";

/** A view in the pixels of one copy of the world, with its box on the unit square. */
export type WorldView = BasemapView & { box: WorldBox };

export class BasemapRenderer {
  readonly states: StatesRenderer;
  readonly #waters: Arcs;
  readonly #lakes: Shape[][];
  readonly #rivers: RankedLine[];
  readonly #land: Arcs;
  readonly #coast: number[];
  readonly #modernBorders: number[];

  constructor(basemap: Basemap, polities: Polities) {
    this.#waters = new Arcs(basemap);
    this.#lakes = basemap.objects.lakes.geometries.map((geometry) => this.#waters.shapes(geometry));
    this.#rivers = basemap.objects.rivers.geometries.map((geometry) => this.#waters.line(geometry));
    this.#land = new Arcs(polities);
    this.states = new StatesRenderer(polities, this.#land);
    const seams = new Set(polities.seams);
    const arcs = this.states.ownedArcs().filter((arc) => !seams.has(arc));
    this.#coast = arcs.filter((arc) => this.states.isCoast(arc));
    this.#modernBorders = arcs.filter((arc) => this.states.isModernBorder(arc));
  }

  /** Paint a rectangle of sea and bare land. */
  paint(context: Context, view: BasemapView): void {
    const { left, top, width, height, ratio, palette } = view;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = palette.sea;
    context.fillRect(0, 0, width, height);
    this.forEachWorld(context, view, view, (own) => this.#paintLand(context, own));
    context.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
    stroke(context, graticule(view), palette.grid, 0.5, 0.45);
  }

  /** Draw once for each copy of the world that a part of a view shows, in that copy's pixels. */
  forEachWorld(context: Context, view: BasemapView, part: Rect, draw: (view: WorldView) => void): void {
    const { left, top, width, scale, ratio } = view;
    for (let copy = Math.floor(left / scale); copy <= Math.floor((left + width) / scale); copy += 1) {
      const own = left - copy * scale;
      context.setTransform(ratio, 0, 0, ratio, -own * ratio, -top * ratio);
      context.lineJoin = "round";
      context.lineCap = "round";
      const west = (part.left - copy * scale) / scale;
      const north = part.top / scale;
      const shown = { west, north, east: west + part.width / scale, south: north + part.height / scale };
      draw({ ...view, left: own, box: buffered(shown, 2 / scale) });
    }
  }

  #paintLand(context: Context, view: WorldView): void {
    const { scale, palette, box } = view;
    const fine = FINE / scale;
    const far = buffered(box, 15 / scale);
    const ripples = this.#land.strokePath(asLines(this.#land.within(this.#coast, far)), 3.5 / scale, scale);
    for (const [outer, inner] of view.ripples) {
      stroke(context, ripples, palette.ripple, outer);
      stroke(context, ripples, palette.sea, inner);
    }
    context.fillStyle = palette.land;
    const outline = this.states.outlinesAt(scale);
    this.states.boxes.forEach((own, piece) => {
      if (overlaps(own, box)) context.fill(outline(piece), "evenodd");
    });
    if (view.borders === "modern") {
      const arcs = this.#land.within(this.#modernBorders, box);
      strokeBorder(context, this.#land.strokePath(asLines(arcs), fine, scale), palette.border, 0.55);
    }
    this.paintWaters(context, view);
  }

  /** Rivers, lakes and the coast, which lie over whatever colours the land. */
  paintWaters(context: Context, view: WorldView): void {
    const { scale, palette, box } = view;
    const fine = FINE / scale;
    const rivers = new Path2D();
    for (const river of this.#rivers) {
      if (river.rank <= view.detail && overlaps(river.box, box)) {
        rivers.addPath(this.#waters.strokePath(river.rings, fine, scale));
      }
    }
    stroke(context, rivers, palette.river, 0.6);
    context.fillStyle = palette.sea;
    for (const shapes of this.#lakes) {
      const lake = this.#waters.fillPath(shapes, box, fine, scale);
      context.fill(lake, "evenodd");
      stroke(context, lake, palette.coast, 0.5);
    }
    const coast = this.#land.strokePath(asLines(this.#land.within(this.#coast, box)), fine, scale);
    stroke(context, coast, palette.coast, 0.7);
  }
}

/** Meridians every `degrees` and parallels every ten, in px of the world. */
function graticule({ left, top, width, height, scale, degrees }: Viewport & { degrees: number }): Path2D {
  const path = new Path2D();
  const first = Math.ceil(((left / scale - 0.5) * 360) / degrees) * degrees;
  for (let lon = first; worldX(lon) * scale <= left + width; lon += degrees) {
    path.moveTo(worldX(lon) * scale, top);
    path.lineTo(worldX(lon) * scale, top + height);
  }
  for (let lat = -80; lat <= 80; lat += 10) {
    const y = worldY(lat) * scale;
    if (y < top || y > top + height) continue;
    path.moveTo(left, y);
    path.lineTo(left + width, y);
  }
  return path;
}
