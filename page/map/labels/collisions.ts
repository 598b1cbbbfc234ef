/** The free room of a view while labels are placed. */

import RBush from "rbush";
import { type Box, type XY, boxAround, contains } from "../../lib/geometry";

/** Half the width of the road that some names keep off, in px. */
const ROAD_REACH = 5;

interface Taken {
  box: Box;
  owner: string;
}

/** Boxes by their place. */
class BoxIndex extends RBush<Taken> {
  override toBBox({ box }: Taken) {
    return { minX: box.left, minY: box.top, maxX: box.right, maxY: box.bottom };
  }
  override compareMinX(a: Taken, b: Taken) {
    return a.box.left - b.box.left;
  }
  override compareMinY(a: Taken, b: Taken) {
    return a.box.top - b.box.top;
  }

  touching(box: Box): Taken[] {
    return this.search(this.toBBox({ box, owner: "" }));
  }

  touches(box: Box): boolean {
    return this.collides(this.toBBox({ box, owner: "" }));
  }
}

export class CollisionIndex {
  readonly #edges: Box;
  readonly #taken = new BoxIndex();
  readonly #road = new BoxIndex();
  readonly #spread = new BoxIndex();

  /** `edges` are those of the view, `obstacles` what covers a part of it. */
  constructor(edges: Box, obstacles: readonly Box[]) {
    this.#edges = edges;
    this.#taken.load(obstacles.map((box) => ({ box, owner: "" })));
  }

  /** Keep everything off a box, but for labels of its owner. */
  block(box: Box, owner = ""): void {
    this.#taken.insert({ box, owner });
  }

  /** Keep everything off boxes, each with its owner. */
  blockAll(boxes: readonly Taken[]): void {
    this.#taken.load(boxes);
  }

  /** Keep the names of areas, states and waters off a course. */
  blockRoad(course: readonly XY[]): void {
    this.#road.load(course.map((point) => ({ box: boxAround(point, ROAD_REACH), owner: "" })));
  }

  isOnRoad(box: Box): boolean {
    return this.#road.touches(box);
  }

  /** Whether a box is free, in the view, but for what is its owner's. */
  isFree(box: Box, owner: string): boolean {
    if (!contains(this.#edges, box)) return false;
    return this.#taken.touching(box).every((other) => owner !== "" && other.owner === owner);
  }

  /** Name nothing else near a point. */
  spread(point: XY): void {
    this.#spread.insert({ box: boxAround(point, 0), owner: "" });
  }

  /** Whether a point is nearer than `gap` px to one that is named already. */
  isCrowded(point: XY, gap: number): boolean {
    return this.#spread
      .touching(boxAround(point, gap))
      .some(({ box }) => Math.hypot(box.left - point.x, box.top - point.y) < gap);
  }
}
