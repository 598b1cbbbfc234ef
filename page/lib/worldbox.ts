/** Boxes of the world as the unit square of Web Mercator, y to the south. */

export interface WorldBox {
  west: number;
  north: number;
  east: number;
  south: number;
}

/** The smallest box around points given as x, y, x, y … */
export function boxOfPoints(points: Float64Array): WorldBox {
  const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.north = Math.min(box.north, y);
    box.south = Math.max(box.south, y);
  }
  return box;
}

/** The smallest box around boxes. */
export function union(boxes: readonly WorldBox[]): WorldBox {
  const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (const own of boxes) {
    box.west = Math.min(box.west, own.west);
    box.east = Math.max(box.east, own.east);
    box.north = Math.min(box.north, own.north);
    box.south = Math.max(box.south, own.south);
  }
  return box;
}

export function overlaps(a: WorldBox, b: WorldBox): boolean {
  return a.west <= b.east && b.west <= a.east && a.north <= b.south && b.north <= a.south;
}

/** Boxes that overlap made one, so that no place is in two. */
export function merged(boxes: readonly WorldBox[]): WorldBox[] {
  const apart: WorldBox[] = [];
  for (const box of boxes) {
    let grown = box;
    for (let i = apart.length - 1; i >= 0; i -= 1) {
      if (overlaps(apart[i]!, grown)) grown = union([grown, ...apart.splice(i, 1)]);
    }
    apart.push(grown);
  }
  return apart.length === boxes.length ? apart : merged(apart);
}

/** The box, larger by so much on every side. */
export function buffered(box: WorldBox, by: number): WorldBox {
  return { west: box.west - by, north: box.north - by, east: box.east + by, south: box.south + by };
}
