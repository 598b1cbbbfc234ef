/** Points and boxes in px, y downwards, and the paths drawn through them. */

export interface XY {
  x: number;
  y: number;
}

/** A rectangle by its edges. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A rectangle by its corner and its size. */
export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

export function boxAround({ x, y }: XY, reach: number): Box {
  return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
}

export function isWithin({ x, y }: XY, box: Box): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

export function intersects(a: Box, b: Box): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

/** The box, `by` px larger on every side. */
export function expanded(box: Box, by: number): Box {
  return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

export function translated(box: Box, { x, y }: XY): Box {
  return { left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y };
}

export function distance(a: XY, b: XY): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Whether a course goes on at the other edge of a world so many px wide, across the antimeridian. */
export function crossesEdge(from: XY, to: XY, world: number): boolean {
  return Math.abs(to.x - from.x) > world / 2;
}

/**
 * SVG path through points, those closer than a pixel to the one before left out; it breaks where
 * it crosses the edge of a world so many px wide.
 */
export function pathThrough(points: readonly XY[], world = Infinity): string {
  let path = "";
  let last: XY | null = null;
  points.forEach((point, i) => {
    const near = last && Math.abs(point.x - last.x) + Math.abs(point.y - last.y) < 0.8;
    if (near && i < points.length - 1) return;
    path += `${last && !crossesEdge(last, point, world) ? "L" : "M"}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
    last = point;
  });
  return path;
}

/** SVG path of a filled rectangle. */
export function rectanglePath(x: number, y: number, width: number, height: number): string {
  return `M${x.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}Z`;
}

/** Points along a course, at most `gap` px apart. */
export function densified(points: readonly XY[], gap: number): XY[] {
  return points.flatMap((point, i) => {
    const before = points[i - 1] ?? point;
    const steps = Math.min(200, Math.ceil(distance(point, before) / gap)) || 1;
    return Array.from({ length: steps }, (_, k) => ({
      x: before.x + ((point.x - before.x) * (k + 1)) / steps,
      y: before.y + ((point.y - before.y) * (k + 1)) / steps,
    }));
  });
}

/** SVG outline of a band along points that swells from `thin` to `thick` px over its last `reach` px. */
export function ribbonThrough(points: readonly XY[], thin: number, thick: number, reach: number): string {
  if (points.length < 2) return "";
  const lengths = [0];
  for (let i = 1; i < points.length; i += 1)
    lengths.push(lengths[i - 1]! + distance(points[i]!, points[i - 1]!));
  const whole = lengths[lengths.length - 1]!;
  const left: string[] = [];
  const right: string[] = [];
  points.forEach((point, i) => {
    const before = points[Math.max(0, i - 1)]!;
    const after = points[Math.min(points.length - 1, i + 1)]!;
    const size = distance(after, before) || 1;
    const swell = Math.max(0, 1 - (whole - lengths[i]!) / Math.max(1, Math.min(reach, whole)));
    const half = (thin + (thick - thin) * swell) / 2 / size;
    const dx = (after.y - before.y) * half;
    const dy = (after.x - before.x) * half;
    left.push(`${(point.x - dx).toFixed(1)} ${(point.y + dy).toFixed(1)}`);
    right.push(`${(point.x + dx).toFixed(1)} ${(point.y - dy).toFixed(1)}`);
  });
  return `M${left.join("L")}L${right.reverse().join("L")}Z`;
}
