/** Points of the globe, and distances over it. */

/** A point of the globe as a unit vector: to 0°, to 90° E, to the north pole. */
export type Vector = readonly [x: number, y: number, z: number];

/** Mean radius of the earth in km, as geopy has it. */
export const EARTH_RADIUS = 6371.009;
const RADIANS = Math.PI / 180;

/** Length in km of the great circle between two points given as [latitude, longitude] in degrees. */
export function greatCircleKm(
  [lat, lon]: readonly [number, number],
  [lat1, lon1]: readonly [number, number],
): number {
  const [phi, phi1] = [lat * RADIANS, lat1 * RADIANS];
  const haversine = (angle: number) => Math.sin(angle / 2) ** 2;
  const h = haversine(phi1 - phi) + Math.cos(phi) * Math.cos(phi1) * haversine((lon1 - lon) * RADIANS);
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}
