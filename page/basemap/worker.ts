/**
 * Entry of the rendering worker: it answers each request with a picture, and sees nothing of the
 * page. On a page without workers the same script leaves `startRenderer` behind instead.
 */

import { type Canvas, makeCanvas } from "./canvas";
import type { Basemap, Polities } from "./data";
import type { RenderRequest, RenderResponse, RenderStart } from "./messages";
import { BasemapRenderer } from "./renderer";
import { paintShading } from "./shading";
import { StatesCanvas } from "./statescanvas";

type StatesRequest = Extract<RenderRequest, { type: "states" }>;

class RenderWorker {
  readonly #renderer: BasemapRenderer;
  readonly #respond: (response: RenderResponse) => void;
  #states: StatesCanvas | undefined;
  #number = 0;
  /** Of several views or days that wait only the last is painted. */
  #waiting: { states?: StatesRequest | undefined; day?: number } = {};

  constructor({ basemap, polities }: RenderStart, respond: (response: RenderResponse) => void) {
    this.#renderer = new BasemapRenderer(JSON.parse(basemap) as Basemap, JSON.parse(polities) as Polities);
    this.#respond = respond;
  }

  handle(request: RenderRequest): void {
    if (request.type === "basemap" || request.type === "shading") {
      void this.#paint(request);
      return;
    }
    const idle = !this.#waiting.states && this.#waiting.day === undefined;
    if (idle) setTimeout(() => void this.#catchUp(), 0);
    this.#waiting =
      request.type === "states" ? { states: request } : { states: this.#waiting.states, day: request.day };
  }

  async #catchUp(): Promise<void> {
    const { states: request, day } = this.#waiting;
    this.#waiting = {};
    if (request) {
      const number = (this.#number = request.number);
      const states = (this.#states = new StatesCanvas(this.#renderer, request.view, day ?? request.day));
      this.#respond({ type: "states", number, picture: await createImageBitmap(states.canvas) });
    } else if (this.#states && day !== undefined) {
      const { canvas } = this.#states;
      const number = this.#number;
      for (const { left, top, width, height } of this.#states.show(day)) {
        const picture = await createImageBitmap(canvas, left, top, width, height);
        this.#respond({ type: "patch", number, left, top, picture });
      }
    }
    if (day !== undefined) this.#respond({ type: "shown", day });
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
