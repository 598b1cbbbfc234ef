/** The free room of a view while labels are placed. */

import { type Box, type XY, boxAround, contains, distance, intersects } from "../../lib/geometry";

/** Half the width of the road that some names keep off, in px. */
const ROAD_REACH = 5;

export class CollisionIndex {
  readonly #edges: Box;
  readonly #taken: { box: Box; owner: string }[];
  readonly #road: Box[] = [];
  readonly #spread: XY[] = [];

  /** `edges` are those of the view, `obstacles` what covers a part of it. */
  constructor(edges: Box, obstacles: readonly Box[]) {
    this.#edges = edges;
    this.#taken = obstacles.map((box) => ({ box, owner: "" }));
  }

  /** Keep everything off a box, but for labels of its owner. */
  block(box: Box, owner = ""): void {
    this.#taken.push({ box, owner });
  }

  /** Keep the names of areas, states and waters off a course. */
  blockRoad(course: readonly XY[]): void {
    for (const point of course) this.#road.push(boxAround(point, ROAD_REACH));
  }

  isOnRoad(box: Box): boolean {
    return this.#road.some((other) => intersects(box, other));
  }

  /** Whether a box is free, in the view, but for what is its owner's. */
  isFree(box: Box, owner: string): boolean {
    if (!contains(this.#edges, box)) return false;
    return this.#taken.every(
      (other) => (owner !== "" && other.owner === owner) || !intersects(box, other.box),
    );
  }

  /** Name nothing else near a point. */
  spread(point: XY): void {
    this.#spread.push(point);
  }

  /** Whether a point is nearer than `gap` px to one that is named already. */
  isCrowded(point: XY, gap: number): boolean {
    return this.#spread.some((other) => distance(other, point) < gap);
  }
}
