/** How he came by a leg, in words. */

import type { RoadStay } from "../journey/data";

type Way = Pick<RoadStay, "by" | "how">;

/** By what he came to these stays, one after the other; a way that another tells more of is left out. */
export function waysInWords(reached: readonly Way[]): string {
  const hows = reached
    .filter((way) => way.how && !reached.some((other) => tellsMore(other, way)))
    .map(({ how }) => how);
  return hows.filter((how, i) => how !== hows[i - 1]).join(", then ");
}

/** As "by night train" does than "by rail", or "by sledge, under guard" than "by sledge". */
function tellsMore(other: Way, { by, how }: Way): boolean {
  if (other.how === how) return false;
  return other.how.startsWith(how) || (other.by === by && how === `by ${by}`);
}
