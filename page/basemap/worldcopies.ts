/** The coarse world beside itself, where the map shows more than one. */

import type { Map as LeafletMap } from "leaflet";
import { type MapView, cornerOf, placeOnWorld } from "../lib/leaflet";
import { worldWidth } from "../lib/mercator";
import type { StatesPicture } from "./statespicture";

interface Copy {
  /** How many worlds to the east it lies. */
  side: number;
  canvas: HTMLCanvasElement;
  /** The picture that is drawn on it. */
  of: StatesPicture | undefined;
}

export class WorldCopies {
  readonly #copies = [-1, 1].map((side): Copy => ({ side, canvas: makeCanvas(), of: undefined }));

  get canvases(): HTMLCanvasElement[] {
    return this.#copies.map(({ canvas }) => canvas);
  }

  /** Put those that a view shows where they lie, drawn from the picture of the world. */
  place(map: LeafletMap, world: StatesPicture, view: MapView): void {
    for (const copy of this.#copies) {
      const { left, ...rest } = world.view;
      const placed = { ...rest, left: left + copy.side * rest.scale };
      copy.canvas.hidden = !reachesInto(map, placed, view);
      if (copy.canvas.hidden) continue;
      if (copy.of !== world) draw(copy.canvas, world.canvas);
      copy.of = world;
      placeOnWorld(map, copy.canvas, placed, view);
    }
  }
}

function makeCanvas(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.className = "world-states leaflet-zoom-animated";
  canvas.hidden = true;
  return canvas;
}

function draw(canvas: HTMLCanvasElement, world: HTMLCanvasElement): void {
  canvas.width = world.width;
  canvas.height = world.height;
  canvas.style.width = world.style.width;
  canvas.style.height = world.style.height;
  canvas.getContext("2d", { alpha: false })?.drawImage(world, 0, 0);
}

/** Whether something of the world so wide is within a view from side to side. */
function reachesInto(
  map: LeafletMap,
  { left, width, scale }: { left: number; width: number; scale: number },
  view: MapView,
): boolean {
  const factor = worldWidth(view.zoom) / scale;
  const { x } = cornerOf(map, view);
  return (left + width) * factor > x && left * factor < x + map.getSize().x;
}
