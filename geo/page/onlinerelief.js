"use strict";

/** A relief in tiles of a server, over the plate's own ground; nothing is asked for before it is turned on. */
class OnlineRelief {
  /** @param {L.Map} map @param {OnlineTiles} tiles */
  constructor(map, tiles) {
    this.map = map;
    this.credit = tiles.credit;
    this.layer = L.tileLayer(tiles.url, { maxNativeZoom: tiles.max_zoom, zIndex: 2, keepBuffer: 1 });
    // What does not come leaves the plate's own ground to be seen.
    this.layer.on("tileerror", () => say("online-credit", " · The network does not answer: the map’s own ground is shown"));
    this.layer.on("tileload", () => say("online-credit", ` · ${this.credit}`));
  }

  /** @param {boolean} on */
  turn(on) {
    if (on) this.layer.addTo(this.map);
    else this.layer.remove();
    if (!on) say("online-credit", "");
  }
}
