/** The names of the states: which matter most on a day, how large each may be. */

import type { StateName } from "../../basemap/statenames";
import type { Place } from "../../journey/data";
import { type Box, type XY, isWithin } from "../../lib/geometry";
import { worldWidth } from "../../lib/mercator";
import type { LabelScene } from "./candidates";
import type { Label, Reach } from "./label";
import { type Sizes, writingsOf, writingsOver } from "./statewritings";

/** The smallest size of a name, in px, and the only one for dependent land: no colony is larger than a state. */
const SMALLEST = 11;
/** On a wall no name is smaller than this times the type's scale, in px: 32 px, where it is 1,920 px wide. */
const SMALLEST_ON_WALL = 14.6;
/** Distance of the points at which the land in view is looked at, and how many a name is tried on. */
const GRID_GAP = 56;
const MOST_POINTS = 10;

/** How much a state matters, by its weight among the names; the largest size of its name, in px. */
const TIERS = {
  home: { weight: 5e8, largest: 32 },
  crossed: { weight: 7e7, largest: 26 },
  power: { weight: 6e7, largest: 26 },
  state: { weight: 7e5, largest: 20 },
  dependent: { weight: 5e5, largest: SMALLEST },
};
type Tier = keyof typeof TIERS;
/**
 * The name of a state that matters runs over its borders before it is left out: how near its middle some of
 * its land lies. His may stand beside his state, and on a wall, where names are large, others reach further too.
 */
const OVER_BORDERS = {
  his: { across: 0.5, upright: 1.5 },
  onWall: { across: 0.5, upright: 1 },
  other: { across: 0.25, upright: 0 },
};
/** Land of less than so many times its name's length has no room beside his mark and the places' names. */
const SMALL_LAND = 1.25;
/** Within a tier room counts. */
const MOST_ROOM = 9e4;

/** Labels of the states that have land in view; `merged` has the places that are called by a state's name. */
export function stateLabels(scene: LabelScene, merged: ReadonlyMap<string, Place>): Label[] {
  if (!scene.states.length) return [];
  const seen = landInView(scene);
  const crossed = new Set(scene.roadOfYear().map((point) => scene.holderAt(point)));
  const home = homeOf(scene);
  const told = toldWithPlace(scene);
  return scene.states.flatMap((state) => {
    const points = seen.get(state.key) ?? [];
    if (state === told || (!points.length && !scene.isNear(scene.toLayer([state.lat, state.lon])))) return [];
    const tier = tierOf(state, home, crossed);
    // On a wall, where all names are large, those of colonies would drown the rest.
    if (scene.presenting && tier === "dependent") return [];
    return stateLabel(state, tier, points, merged.get(state.key) ?? null, scene) ?? [];
  });
}

/** The state he is in, where its land is too small for its name: that is told below the place's. */
export function toldWithPlace(scene: LabelScene): StateName | undefined {
  // On a wall that place is named in a corner.
  if (scene.presenting || scene.moment.travelling || !scene.states.length) return undefined;
  const home = homeOf(scene);
  const state = scene.states.find(({ key }) => key === home);
  const fits = (own: StateName) =>
    writingsOf(own, roomOf(own, scene) / SMALL_LAND, sizesOf("home", scene)).length > 0;
  return state && !fits(state) ? state : undefined;
}

/** Key of the state that he is in. */
function homeOf({ holderAt, toLayer, moment }: LabelScene): string | undefined {
  return holderAt(toLayer(moment.point));
}

/** Length of a state's land along the line of its name, in px. */
function roomOf({ width }: StateName, { zoom }: LabelScene): number {
  return (width / 360) * worldWidth(zoom);
}

function sizesOf(tier: Tier, { presenting, typeScale }: LabelScene): Sizes {
  const smallest = presenting ? SMALLEST_ON_WALL * typeScale : SMALLEST;
  return { smallest, largest: Math.max(smallest, TIERS[tier].largest * typeScale) };
}

/** How far the name may run over the borders, if at all. */
function reachOf({ rank }: StateName, tier: Tier, { presenting }: LabelScene): Reach | undefined {
  if (tier === "home") return OVER_BORDERS.his;
  if (presenting) return rank === 1 ? OVER_BORDERS.onWall : undefined;
  return rank === 1 || tier === "crossed" ? OVER_BORDERS.other : undefined;
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
  const { toLayer, free, holderAt } = scene;
  const sizes = sizesOf(tier, scene);
  const room = roomOf(state, scene);
  const reach = reachOf(state, tier, scene);
  // A wall has no room for what a state was.
  const told = scene.presenting ? { ...state, note: "" } : state;
  const writings = writingsOf(told, room, sizes);
  if (reach) writings.push(...writingsOver(state, sizes.smallest, reach));
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
      isForeign: (point) => ![state.key, undefined].includes(holderAt(point)),
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
