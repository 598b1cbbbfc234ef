/** Which piece of land lies where: looked up in a grid over the world, exact to a cell. */

import type { XY } from "../lib/geometry";
import { atOnce } from "../lib/slices";
import { Arcs, arcNumber } from "./arcs";
import type { ArcList, Polities } from "./data";

/** Cells along a side of the world's unit square: one is 40 km wide at the equator, 20 km at 60°. */
const SIZE = 1024;
const SEA = -1;
/** A coast may run through the cell of a place by the sea: the cells around are looked at too. */
const AROUND = [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1]] as const; // prettier-ignore

export class LandGrid {
  /** What is left to do before it can be asked; it may be done bit by bit. */
  readonly filling: Iterator<void>;
  readonly #cells = new Int16Array(SIZE * SIZE).fill(SEA);

  constructor(polities: Polities) {
    this.filling = this.#fillAll(polities);
  }

  *#fillAll(polities: Polities): Generator<void> {
    const arcs = new Arcs(polities);
    for (const [number, piece] of polities.objects.atoms.geometries.entries()) {
      for (const { rings } of arcs.shapes(piece)) this.#fill(crossings(arcs, rings), number);
      yield;
    }
  }

  /** Number of the piece at a point of the unit square; -1 on open sea. */
  at({ x, y }: XY): number {
    atOnce(this.filling);
    const [column, row] = [Math.floor(x * SIZE), Math.floor(y * SIZE)];
    for (const [right, down] of AROUND) {
      const piece = this.#cells[(row + down) * SIZE + column + right] ?? SEA;
      if (piece !== SEA) return piece;
    }
    return SEA;
  }

  /** Give a piece the cells whose middle lies in it: between the 1st and 2nd crossing of their row, the 3rd and 4th, … */
  #fill(rows: ReadonlyMap<number, number[]>, piece: number): void {
    for (const [row, unsorted] of rows) {
      const xs = unsorted.sort((a, b) => a - b);
      for (let i = 1; i < xs.length; i += 2) {
        const [from, to] = [Math.ceil(xs[i - 1]! - 0.5), Math.ceil(xs[i]! - 0.5)];
        this.#cells.fill(piece, row * SIZE + from, row * SIZE + to);
      }
    }
  }
}

/** Where rings cross the middle of each row of cells, in cells from the left. */
function crossings(arcs: Arcs, rings: readonly ArcList[]): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const arc of rings.flat()) {
    const points = arcs.points[arcNumber(arc)]!;
    for (let i = 2; i < points.length; i += 2) {
      const [x0, y0] = [points[i - 2]! * SIZE, points[i - 1]! * SIZE];
      const [x1, y1] = [points[i]! * SIZE, points[i + 1]! * SIZE];
      const bottom = Math.max(y0, y1) - 0.5;
      for (let row = Math.ceil(Math.min(y0, y1) - 0.5); row < bottom; row += 1) {
        const x = x0 + ((row + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
        const found = rows.get(row);
        if (found) found.push(x);
        else rows.set(row, [x]);
      }
    }
  }
  return rows;
}
