/** A relief in tiles of a server, over our own basemap; nothing is asked for before it is switched on. */

import { type Map as LeafletMap, TileLayer } from "leaflet";
import type { OnlineTiles } from "../journey/data";
import { setText } from "../lib/dom";

export class OnlineRelief {
  readonly #map: LeafletMap;
  readonly #layer: TileLayer;

  constructor(map: LeafletMap, { url, credit, max_zoom }: OnlineTiles) {
    this.#map = map;
    this.#layer = new TileLayer(url, { maxNativeZoom: max_zoom, zIndex: 2, keepBuffer: 1 });
    // What does not come leaves our own basemap to be seen.
    this.#layer.on("tileerror", () =>
      setText("online-credit", " · The network does not answer: the map’s own basemap is shown"),
    );
    this.#layer.on("tileload", () => setText("online-credit", ` · ${credit}`));
  }

  show(shown: boolean): void {
    if (shown) {
      this.#layer.addTo(this.#map);
      return;
    }
    this.#layer.remove();
    setText("online-credit", "");
  }
}
