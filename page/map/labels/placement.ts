/** Finds room for labels, the weightiest first; what finds none is left out. Pure but for a memory of sides. */

import { expanded } from "../../lib/geometry";
import type { CollisionIndex } from "./collisions";
import type { Label, LabelKind, Measure, Position } from "./label";
import { positionsOf } from "./positions";

/** Kinds that give way to the latest leg. */
const OFF_ROAD = new Set<LabelKind>(["area", "water", "mention", "state"]);
/** More names than this on one view would be noise; the rest wait for a closer look. */
const MOST_PLACED = 160;
/** The most names that are tried for a place. */
const MOST_TRIED = 600;
/** Before the journey begins, named places are so far apart, in px. */
const OVERVIEW_GAP = 26;
/** … and no more of them: those that everybody knows. */
const MOST_IN_OVERVIEW = 12;
/** How far, in px, the name of a place that he never saw keeps off other marks, so as not to seem theirs. */
const MENTION_GAP = 9;
/** How far, in px, other names keep off a state's, so as not to be read in one with it. */
const STATE_GAP = 4;
/** While the pointer moves, a state's name takes one of its first few positions or none. */
const DRAG_POSITIONS = 3;

interface PlacementOptions {
  overview: boolean;
  dragging: boolean;
}

export interface Placed {
  label: Label;
  position: Position;
}

export class LabelPlacement {
  readonly #measure: Measure;
  /** Index of the position each name took last. */
  readonly #sides = new Map<string, number>();

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  /** Place labels, sorted by weight, in the room that is left. */
  place(labels: readonly Label[], room: CollisionIndex, options: PlacementOptions): Placed[] {
    const placed: Placed[] = [];
    let stops = 0;
    for (const label of labels.slice(0, MOST_TRIED)) {
      if (placed.length >= MOST_PLACED) break;
      if (options.overview && label.kind === "stop" && stops >= MOST_IN_OVERVIEW) continue;
      const position = this.#positionFor(label, room, options);
      if (!position) continue;
      room.block(label.kind === "state" ? expanded(position.box, STATE_GAP) : position.box);
      if (options.overview && label.place) room.spread(label);
      if (label.kind === "stop") stops += 1;
      placed.push({ label, position });
    }
    return placed;
  }

  #positionFor(label: Label, room: CollisionIndex, { dragging }: PlacementOptions): Position | null {
    if (label.place && room.isCrowded(label, OVERVIEW_GAP)) return null;
    const most = dragging && label.kind === "state" ? DRAG_POSITIONS : Infinity;
    const offRoad = OFF_ROAD.has(label.kind);
    const gap = label.kind === "mention" ? MENTION_GAP : 0;
    const fits = ({ box }: Position) =>
      room.isFree(expanded(box, gap), label.id) && !(offRoad && room.isOnRoad(box));
    // A name stays on the side where it was while there is room: names that hop distract.
    // But one that went without its note says it again as soon as it can.
    const before = nth(positionsOf(label, this.#measure), this.#sides.get(label.id) ?? 0);
    if (before && before.note === label.note && fits(before)) return before;
    let side = 0;
    for (const position of positionsOf(label, this.#measure)) {
      if (side >= most) break;
      if (fits(position)) {
        this.#sides.set(label.id, side);
        return position;
      }
      side += 1;
    }
    return null;
  }
}

function nth<Item>(items: Iterable<Item>, index: number): Item | undefined {
  let i = 0;
  for (const item of items) {
    if (i === index) return item;
    i += 1;
  }
  return undefined;
}
