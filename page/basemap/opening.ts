/**
 * Entry of the opening script, which the browser reads before Leaflet and the rest of the page:
 * it sets the theme and has the worker paint the first picture.
 */

import { readBlock } from "../lib/dom";
import { followSystemTheme } from "../lib/theme";
import { RenderQueue } from "./queue";
import { WorldCanvas } from "./worldcanvas";

declare global {
  /** What the opening script hands to the app. */
  var opening: { queue: RenderQueue; world: WorldCanvas };
}

followSystemTheme();
const queue = new RenderQueue({
  script: readBlock("worker-script"),
  basemap: readBlock("basemap-data"),
  polities: readBlock("polities-data"),
});
globalThis.opening = { queue, world: new WorldCanvas(queue) };
