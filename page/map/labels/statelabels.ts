/** The names of the states: which matter most on a day, how large each may be, how it is written. */

import type { StateName } from "../../basemap/statenames";
import type { Place } from "../../journey/data";
import { type Box, type XY, isWithin } from "../../lib/geometry";
import { worldWidth } from "../../lib/mercator";
import type { LabelScene } from "./candidates";
import type { Label, Writing } from "./label";
import { NOTED_STATE } from "./statepositions";

/** Width of a letter of a state's name with its space, in em. */
const PITCH = 0.95;
/** The smallest size of a name, in px: that of a state which matters may run over its borders. */
const SMALLEST = { mattering: 11, other: 8.5, inTwoLines: 10 };
/** On a wall no name is smaller than this times the type's scale, in px. */
const SMALLEST_ON_WALL = 11;
/** Distance of the points at which the land in view is looked at, and how many a name is tried on. */
const GRID_GAP = 56;
const MOST_POINTS = 10;

/** How much a state matters, by its weight among the names; the largest size of its name, in px. */
const TIERS = {
  home: { weight: 8e7, largest: 32 },
  crossed: { weight: 7e7, largest: 26 },
  power: { weight: 6e7, largest: 26 },
  state: { weight: 7e5, largest: 20 },
  dependent: { weight: 5e5, largest: 11 },
};
type Tier = keyof typeof TIERS;
/** Within a tier room counts. */
const MOST_ROOM = 9e4;

/** Labels of the states that have land in view; `merged` has the places that are called by a state's name. */
export function stateLabels(scene: LabelScene, merged: ReadonlyMap<string, Place>): Label[] {
  const seen = landInView(scene);
  const crossed = new Set(scene.roadOfYear.map((point) => scene.holderAt(point)));
  const home = scene.holderAt(scene.toLayer(scene.moment.point));
  return scene.states.flatMap((state) => {
    const points = seen.get(state.key) ?? [];
    if (!points.length && !scene.isNear(scene.toLayer([state.lat, state.lon]))) return [];
    const tier = tierOf(state, home, crossed);
    return stateLabel(state, tier, points, merged.get(state.key) ?? null, scene) ?? [];
  });
}

function tierOf(
  { key, rank, dependent }: StateName,
  home: string | undefined,
  crossed: ReadonlySet<unknown>,
): Tier {
  if (key === home) return "home";
  if (crossed.has(key)) return "crossed";
  if (rank === 1) return "power";
  return dependent ? "dependent" : "state";
}

/** Points in view, by the key of the state that holds the land there. */
function landInView({ free, holderAt }: LabelScene): Map<string, XY[]> {
  const seen = new Map<string, XY[]>();
  for (let y = free.top + GRID_GAP / 2; y < free.bottom; y += GRID_GAP) {
    for (let x = free.left + GRID_GAP / 2; x < free.right; x += GRID_GAP) {
      const holder = holderAt({ x, y });
      if (holder === undefined) continue;
      const points = seen.get(holder);
      if (points) points.push({ x, y });
      else seen.set(holder, [{ x, y }]);
    }
  }
  return seen;
}

function stateLabel(
  state: StateName,
  tier: Tier,
  points: readonly XY[],
  place: Place | null,
  scene: LabelScene,
): Label | null {
  const { zoom, typeScale, toLayer, free, holderAt } = scene;
  const room = (state.width / 360) * worldWidth(zoom);
  const mattering = tier !== "state" && tier !== "dependent";
  const smallest = scene.presenting
    ? SMALLEST_ON_WALL * typeScale
    : mattering
      ? SMALLEST.mattering
      : SMALLEST.other;
  // On a wall, where all names are large, those of colonies are no larger than they must be.
  const largest = scene.presenting && tier === "dependent" ? smallest : TIERS[tier].largest * typeScale;
  const writings = writingsOf(state, room, largest, smallest, mattering);
  const [first] = writings;
  if (!first) return null;
  const { x, y } = toLayer([state.lat, state.lon]);
  return {
    id: `state ${state.key}`,
    kind: "state",
    text: first.lines.join(" "),
    note: first.note,
    weight: TIERS[tier].weight + Math.min(MOST_ROOM, room),
    size: first.size,
    angle: state.angle,
    centred: true,
    place,
    land: {
      writings,
      room,
      view: free,
      points: spread(points, free),
      owns: (point) => holderAt(point) === state.key,
    },
    x,
    y,
  };
}

/** Some of the points, from the middle outwards. */
function spread(points: readonly XY[], free: Box): XY[] {
  const inside = points.filter((point) => isWithin(point, free));
  const middle = (axis: "x" | "y") => inside.reduce((sum, point) => sum + point[axis], 0) / inside.length;
  const [x, y] = [middle("x"), middle("y")];
  const sorted = [...inside].sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
  const step = Math.max(1, Math.ceil(sorted.length / MOST_POINTS));
  return sorted.filter((_, i) => i % step === 0);
}

/**
 * The ways to write a name, the best first: in full where it is large enough for a note; by a short
 * form of the same word (Russia, Russian Empire), or without a title, which is then told below
 * (Finland, Grand Duchy); in two lines; by another name (U.K.); small.
 */
function writingsOf(
  state: StateName,
  room: number,
  largest: number,
  smallest: number,
  mattering: boolean,
): Writing[] {
  const { name, short, note } = state;
  const write = (lines: readonly string[], least: number, own = note): Writing[] => {
    const letters = Math.max(...lines.map((line) => line.length));
    const size = Math.min(largest, room / (letters * PITCH));
    return size >= least
      ? [{ lines: lines.map((line) => line.toUpperCase()), note: own, size, smallest: least }]
      : [];
  };
  const kindred = short !== "" && name.includes(short.slice(0, 4));
  const [, title = "", titled] = /^(.+?) of (?:the )?(.+)$/.exec(name) ?? [];
  const brief = kindred ? write([short], smallest) : titled ? write([titled], smallest, title) : [];
  const ways = [
    ...write([name], Math.max(smallest, NOTED_STATE)),
    ...brief,
    ...write(halved(name), Math.max(smallest, SMALLEST.inTwoLines)),
    ...(short && !kindred ? write([short], smallest) : []),
    ...write([name], smallest),
  ];
  if (!mattering) return ways;
  // One that matters runs over its borders before it has no name at all.
  const lines = kindred ? [short] : halved(name);
  return [...ways, { lines: lines.map((line) => line.toUpperCase()), note: "", size: smallest, smallest }];
}

/** A name in two lines of much the same length; in one where it is one word. */
function halved(name: string): string[] {
  const cuts = [...name.matchAll(/[ \-–]/g)].map(({ index }) => index);
  const middle = cuts.sort((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0];
  if (middle === undefined) return [name];
  return [name.slice(0, middle + 1).trim(), name.slice(middle + 1)];
}
