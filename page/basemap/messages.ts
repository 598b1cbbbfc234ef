/** What the page and the rendering worker say to each other. */

import type { Basemap, Polities } from "./data";
import type { Shading } from "./shading";
import type { BasemapView } from "./style";

/** Which picture of states: the coarse one of the whole world, or the sharp one of a view. */
export type StatesPlace = "world" | "view";

export type RenderRequest =
  | { type: "basemap"; view: BasemapView }
  | { type: "shading"; shading: Shading }
  /** A picture of states. The world's shows the day too where it is asked for, or said to be seen. */
  | { type: "states"; place: StatesPlace; number: number; view: BasemapView; day: number; world: boolean }
  /** Another day on the picture of the view, and on that of the world where it is seen. */
  | { type: "day"; day: number; world: boolean };

export type RenderResponse =
  /** The answer to a request for basemap or shading, in their order. */
  | { type: "picture"; picture: ImageBitmap }
  /** A picture of states as it was asked for, and again when a day has changed it. */
  | { type: "states"; place: StatesPlace; number: number; picture: ImageBitmap }
  /** All that is new on a day has been sent. */
  | { type: "shown"; day: number };

/** What a renderer begins with: waters and land, and the first request. */
export interface RenderStart {
  basemap: Basemap;
  polities: Polities;
  request: RenderRequest;
}

/** Answers requests, one after the other. */
export type RenderServer = (request: RenderRequest) => void;

type StartRenderer = (start: RenderStart, respond: (response: RenderResponse) => void) => RenderServer;

declare global {
  /** What the worker begins with, put before its script. */
  var renderStart: RenderStart | undefined;
  /** Set by the worker's script where it runs on the page, for browsers that grant it no worker. */
  var startRenderer: StartRenderer | undefined;
}
