/** Web Mercator: the world as the unit square, x to the east, y to the south. */

import type { Vector } from "./globe";
import { clamp } from "./numbers";

/** Latitude at which the projection is cut off, in degrees. */
const LIMIT = 85.05;
/** Width of the world at zoom 0, in px. */
const TILE = 256;

export function worldX(lon: number): number {
  return lon / 360 + 0.5;
}

export function worldY(lat: number): number {
  const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Where the point of the globe under a vector lies along the unit square. */
export function vectorX([x, y]: Vector): number {
  return Math.atan2(y, x) / (2 * Math.PI) + 0.5;
}

/** … and down it; the poles lie at its edges. */
export function vectorY([x, y, z]: Vector): number {
  return clamp(0.5 - Math.asinh(z / Math.hypot(x, y)) / (2 * Math.PI), 0, 1);
}

/** The longitude at a place along the unit square, in degrees. */
export function longitudeAt(x: number): number {
  return (x - 0.5) * 360;
}

/** The latitude at a place down the unit square, in degrees. */
export function latitudeAt(y: number): number {
  return (Math.atan(Math.sinh((1 - 2 * y) * Math.PI)) * 180) / Math.PI;
}

/** Width of the world at a zoom, in px. */
export function worldWidth(zoom: number): number {
  return TILE * 2 ** zoom;
}

/** A longitude that runs on past the antimeridian, brought back between -180 and 180. */
export function wrapLongitude(lon: number): number {
  return lon - 360 * Math.floor((lon + 180) / 360);
}
