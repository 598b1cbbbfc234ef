/** Entry of the app: draws the journey once the document is read. */

import { Map as LeafletMap, type MapOptions } from "leaflet";
import { readJourney } from "../journey/data";
import { getElement, readBlock } from "../lib/dom";
import { followSystemTheme, systemDark } from "../lib/theme";
import { App } from "./app";
import { addressedDay, isFramed, listenToHost, tellHost } from "./host";

declare global {
  /** The app, for the browser's console and for tests. */
  var app: App;
}

function start(): void {
  const { opening } = globalThis;
  const map = new LeafletMap(getElement("map"), JSON.parse(readBlock("map-options")) as MapOptions);
  const app = new App(map, readJourney(readBlock("journey-data")), opening);
  globalThis.app = app;
  const openAddressed = () => {
    const { date, stay } = addressedDay();
    app.open(date, stay);
  };
  openAddressed();
  window.addEventListener("hashchange", openAddressed);
  listenToHost({
    goTo: (day) => {
      if (!app.state.overview && day === app.state.day) return;
      app.navigation.open(day);
      // A day that the journey does not have is answered by the one that is shown instead.
      if (app.state.day !== day) app.navigation.rest();
    },
    themeChanged: () => app.layers.repaint(),
  });
  systemDark.addEventListener("change", () => {
    // In a page of its own the document follows the reader's system, else the page around.
    if (!isFramed && followSystemTheme()) app.layers.repaint();
  });
  // The window tells of no change where a frame had no size yet when its script ran.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  tellHost({ type: "ready" });
  opening.queue.onIdle = () => {
    tellHost({ type: "drawn" });
    opening.world.paint();
    app.layers.prepare();
  };
}

start();
