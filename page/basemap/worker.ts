/**
 * Entry of the rendering worker: it answers each request with a picture, and sees nothing of the
 * page. On a page without workers the same script leaves `startRenderer` behind instead.
 */

import { type Canvas, makeCanvas } from "./canvas";
import type { RenderRequest, RenderResponse, RenderStart, StatesPlace } from "./messages";
import { BasemapRenderer } from "./renderer";
import { paintShading } from "./shading";
import { StatesCanvas } from "./statescanvas";

type StatesRequest = Extract<RenderRequest, { type: "states" }>;

/** What has been asked for and not begun: pictures of states, their day, and whether the world is to show it. */
type Waiting = Partial<Record<StatesPlace, StatesRequest>> & { day?: number; withWorld?: boolean };

class RenderWorker {
  readonly #renderer: BasemapRenderer;
  readonly #respond: (response: RenderResponse) => void;
  readonly #states: Partial<Record<StatesPlace, { number: number; canvas: StatesCanvas }>> = {};
  /** Of several views or days that wait only the last is painted. */
  #waiting: Waiting = {};
  #answering = false;

  constructor({ basemap, polities }: RenderStart, respond: (response: RenderResponse) => void) {
    this.#renderer = new BasemapRenderer(basemap, polities);
    this.#respond = respond;
  }

  handle(request: RenderRequest): void {
    if (request.type === "basemap" || request.type === "shading") {
      void this.#paint(request);
      return;
    }
    if (request.type === "states") this.#waiting[request.place] = request;
    this.#waiting.day = request.day;
    if (request.world) this.#waiting.withWorld = true;
    if (this.#answering) return;
    this.#answering = true;
    setTimeout(() => void this.#catchUp(), 0);
  }

  async #catchUp(): Promise<void> {
    while (this.#waiting.day !== undefined) {
      const { day, withWorld, ...requests } = this.#waiting;
      this.#waiting = {};
      await this.#show("view", requests.view, day);
      // The world below is not seen under the view: what else was asked for meanwhile comes first.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (withWorld) await this.#show("world", requests.world, day);
      this.#respond({ type: "shown", day });
    }
    this.#answering = false;
  }

  /** Paint a picture of states that was asked for, or the one there is as a day has changed it. */
  async #show(place: StatesPlace, request: StatesRequest | undefined, day: number): Promise<void> {
    if (request) {
      const { number, view } = request;
      this.#states[place] = { number, canvas: new StatesCanvas(this.#renderer, view, day) };
    }
    const shown = this.#states[place];
    if (!shown || (!request && !shown.canvas.show(day))) return;
    const { number, canvas } = shown;
    this.#respond({ type: "states", place, number, picture: await createImageBitmap(canvas.canvas) });
  }

  async #paint(request: Extract<RenderRequest, { type: "basemap" | "shading" }>): Promise<void> {
    if (request.type === "shading") {
      const { canvas, context } = makeCanvas(request.shading.width, request.shading.height);
      paintShading(context, request.shading);
      this.#respond({ type: "picture", picture: await bitmapOf(canvas) });
    } else {
      const { width, height, ratio } = request.view;
      const { canvas, context } = makeCanvas(width * ratio, height * ratio, { alpha: false });
      this.#renderer.paint(context, request.view);
      this.#respond({ type: "picture", picture: await bitmapOf(canvas) });
    }
  }
}

/** The picture of a canvas that is not needed any more. */
function bitmapOf(canvas: Canvas): ImageBitmap | Promise<ImageBitmap> {
  return "transferToImageBitmap" in canvas ? canvas.transferToImageBitmap() : createImageBitmap(canvas);
}

function start(begin: RenderStart, respond: (response: RenderResponse) => void): RenderWorker {
  const worker = new RenderWorker(begin, respond);
  worker.handle(begin.request);
  return worker;
}

if (globalThis.renderStart) {
  const worker = start(globalThis.renderStart, (response) =>
    postMessage(response, { transfer: "picture" in response ? [response.picture] : [] }),
  );
  onmessage = ({ data }: MessageEvent<RenderRequest>) => worker.handle(data);
} else {
  globalThis.startRenderer = (begin, respond) => {
    const worker = start(begin, respond);
    return (request) => worker.handle(request);
  };
}
