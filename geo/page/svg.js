"use strict";

/**
 * Make an SVG element. Attributes are names and numbers of our own; words from the data go
 * in as text nodes only.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {Element} [parent]
 * @returns {SVGElementTagNameMap[Tag]}
 */
function svg(tag, attributes = {}, parent = undefined) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  parent?.append(element);
  return element;
}

/**
 * The element of the page's skeleton with this id; its absence is our own mistake.
 * @param {string} id @returns {HTMLElement}
 */
function part(id) {
  const element = document.getElementById(id);
  if (!element) throw new ReferenceError(`the page has no #${id}`);
  return element;
}

/**
 * Set the words of an element of the skeleton; empty words hide it.
 * @param {string} id @param {string} words
 */
function say(id, words) {
  const element = part(id);
  if (element.textContent !== words) element.textContent = words;
  element.hidden = !words;
}

/**
 * Whether a course goes on at the other edge of a world so many px wide, across the antimeridian.
 * @param {Point} from @param {Point} to @param {number} world
 */
function leaps(from, to, world) {
  return Math.abs(to.x - from.x) > world / 2;
}

/**
 * Path through points, those closer than a pixel to the one before left out; it breaks where it
 * leaps across a world so many px wide.
 * @param {Point[]} points @param {number} world @returns {string}
 */
function pathThrough(points, world) {
  let path = "";
  /** @type {Point | null} */
  let last = null;
  points.forEach((point, i) => {
    const near = last && Math.abs(point.x - last.x) + Math.abs(point.y - last.y) < 0.8;
    if (near && i < points.length - 1) return;
    path += `${last && !leaps(last, point, world) ? "L" : "M"}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
    last = point;
  });
  return path;
}

/**
 * Points along a course, at most `gap` px apart.
 * @param {Point[]} points @param {number} gap @returns {Point[]}
 */
function spaced(points, gap) {
  return points.flatMap((point, i) => {
    const before = points[i - 1] ?? point;
    const steps = Math.min(200, Math.ceil(Math.hypot(point.x - before.x, point.y - before.y) / gap)) || 1;
    return Array.from({ length: steps }, (_, k) => ({
      x: before.x + ((point.x - before.x) * (k + 1)) / steps,
      y: before.y + ((point.y - before.y) * (k + 1)) / steps,
    }));
  });
}

/**
 * Outline of a band along points that swells from `thin` to `thick` px over its last `reach` px.
 * @param {Point[]} points @param {number} thin @param {number} thick @param {number} reach
 */
function ribbonThrough(points, thin, thick, reach) {
  if (points.length < 2) return "";
  const lengths = [0];
  for (let i = 1; i < points.length; i += 1) {
    lengths.push(lengths[i - 1] + Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y));
  }
  const whole = lengths[lengths.length - 1];
  /** @type {string[]} */
  const left = [];
  /** @type {string[]} */
  const right = [];
  points.forEach((point, i) => {
    const before = points[Math.max(0, i - 1)];
    const after = points[Math.min(points.length - 1, i + 1)];
    const size = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const swell = Math.max(0, 1 - (whole - lengths[i]) / Math.max(1, Math.min(reach, whole)));
    const half = (thin + (thick - thin) * swell) / 2 / size;
    const dx = (after.y - before.y) * half;
    const dy = (after.x - before.x) * half;
    left.push(`${(point.x - dx).toFixed(1)} ${(point.y + dy).toFixed(1)}`);
    right.push(`${(point.x + dx).toFixed(1)} ${(point.y - dy).toFixed(1)}`);
  });
  return `M${left.join("L")}L${right.reverse().join("L")}Z`;
}
