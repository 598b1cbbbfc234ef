"use strict";

/** Moves the map only when it must: when the traveller would leave the free part of the view. */
class Camera {
  /** @param {L.Map} map @param {() => LabelBox} free the part of the map that no furniture covers, in container px */
  constructor(map, free) {
    this.map = map;
    this.free = free;
    this.following = true;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  }

  /**
   * Show the whole road.
   * @param {JourneyData} data
   */
  overview(data) {
    const free = this.free();
    const bounds = roadBounds(data);
    const size = this.map.getSize();
    this.home = true;
    if (!bounds || size.x < 10) return;
    this.map.fitBounds(bounds, {
      paddingTopLeft: [free.left + 28, free.top + 28],
      paddingBottomRight: [size.x - free.right + 44, size.y - free.bottom + 36],
      animate: false,
      maxZoom: 6,
    });
    if (!free.top) this.lower(bounds);
  }

  /** Move the whole road down, where there is room, out from under the title. @param {L.LatLngBounds} bounds */
  lower(bounds) {
    const inner = this.map.getContainer().getBoundingClientRect();
    const y = (/** @type {L.LatLng} */ point) => this.map.latLngToContainerPoint(point).y;
    const covered = part("title-inset").getBoundingClientRect().bottom - inner.top + 24 - y(bounds.getNorthEast());
    const room = this.map.getSize().y - 44 - y(bounds.getSouthWest());
    const shift = Math.round(Math.min(covered, room));
    if (shift > 0) this.map.panBy([0, -shift], { animate: false });
  }

  /** Zoom at which a stop is shown: some 120 degrees on a wide screen, 50 on a phone. */
  stopZoom() {
    const { left, right } = this.free();
    const share = Math.max(0, Math.min(1, (right - left - 390) / 1090));
    return 3.36 + share * 0.76;
  }

  /** Keep a point in view while the hand or the play moves on. @param {[number, number]} point */
  keep(point) {
    if (!this.following) return;
    const shift = this.shift(point, 0.06);
    if (!shift.x && !shift.y) return;
    const size = this.map.getSize();
    const far = Math.abs(shift.x) > size.x / 2 || Math.abs(shift.y) > size.y / 2;
    // Leaflet moves what is drawn; a new view of the same zoom would draw it all again.
    this.map.panBy(far ? this.offCentre(point) : shift, { animate: false });
  }

  /** How far a point is from the middle of the free part. @param {[number, number]} point */
  offCentre(point) {
    const { left, top, right, bottom } = this.free();
    return this.map.latLngToContainerPoint(point).subtract([(left + right) / 2, (top + bottom) / 2]).round();
  }

  /** Show a stop when the hand rests. @param {[number, number]} point */
  rest(point) {
    if (!this.following) return;
    const zoom = this.home ? this.stopZoom() : this.map.getZoom();
    const shift = this.shift(point, 0.14);
    if (!this.home && !shift.x && !shift.y) return;
    this.home = false;
    // Over a map without a size Leaflet's flight never ends.
    const animate = !this.calm.matches && this.map.getSize().x > 0;
    this.map.flyTo(this.centred(point, zoom), zoom, { animate, duration: 0.7 });
  }

  /** Show a stop in a map that was not on the screen before. @param {[number, number]} point */
  open(point) {
    this.home = true;
    this.jump(point);
  }

  /** Go to a stop without a flight. @param {[number, number]} point */
  jump(point) {
    const zoom = this.home ? this.stopZoom() : this.map.getZoom();
    this.home = false;
    this.map.setView(this.centred(point, zoom), zoom, { animate: false });
  }

  /** How far the map must move so that a point is inside the free part, less a margin. @param {[number, number]} point @param {number} margin share of the free part */
  shift(point, margin) {
    const { left, top, right, bottom } = this.free();
    const { x, y } = this.map.latLngToContainerPoint(point);
    const [dx, dy] = [(right - left) * margin, (bottom - top) * margin];
    const beyond = (/** @type {number} */ at, /** @type {number} */ low, /** @type {number} */ high) =>
      at < low ? at - low : at > high ? at - high : 0;
    return L.point(beyond(x, left + dx, right - dx), beyond(y, top + dy, bottom - dy)).round();
  }

  /** Centre of the map that puts a point in the middle of the free part. @param {[number, number]} point @param {number} zoom */
  centred(point, zoom) {
    const { left, top, right, bottom } = this.free();
    const size = this.map.getSize();
    const offset = L.point((left + right - size.x) / 2, (top + bottom - size.y) / 2);
    return this.map.unproject(this.map.project(point, zoom).subtract(offset), zoom);
  }
}

/** Everything the road passes, or every place where there is no road. @param {JourneyData} data @returns {L.LatLngBounds | null} */
function roadBounds(data) {
  const rows = data.nodes.length ? data.nodes : data.mentions;
  const points = [...data.legs.flatMap((leg) => leg.curve), ...rows.map((index) => [data.places[index].lat, data.places[index].lon])];
  return points.length ? L.latLngBounds(/** @type {L.LatLngTuple[]} */ (points)) : null;
}
