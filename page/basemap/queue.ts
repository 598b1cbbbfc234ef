/** Hands out what has to be painted, one picture at a time, to a worker where the browser has one. */

import { AfterFrame } from "../lib/afterframe";
import type { Basemap, Polities } from "./data";
import type { RenderRequest, RenderResponse, RenderServer, StatesPlace } from "./messages";
import type { Shading } from "./shading";
import type { BasemapView } from "./style";

/** The document's blocks that the renderer needs: its script, and waters and land as JSON text. */
interface RenderSources {
  script: string;
  basemap: string;
  polities: string;
}

/** A picture asked for, and what to do with it. */
interface Order {
  canvas: HTMLCanvasElement;
  request: RenderRequest;
  done: () => void;
  /** Whether anybody still waits for it; one that nobody does is left out. */
  wanted: () => boolean;
}

/** The picture of states last asked for at a place. */
interface StatesOrder {
  /** How many have been asked for; only the last one counts. */
  number: number;
  /** Called with the picture, and again when another day has changed it. */
  painted?: (picture: ImageBitmap) => void;
  pending: boolean;
}

export class RenderQueue {
  /** What to do once, when nothing is left to paint. */
  onIdle: (() => void) | undefined;
  #orders: Order[] = [];
  #current: Order | undefined;
  readonly #states: Record<StatesPlace, StatesOrder> = {
    world: { number: 0, pending: false },
    view: { number: 0, pending: false },
  };
  /** The day asked for last, until every picture of states shows it. */
  #dayPending: number | undefined;
  #server: RenderServer | undefined;
  #soon: RenderRequest[] = [];
  readonly #later = new AfterFrame(() => {
    for (const request of this.#soon.splice(0)) this.#send(request);
    this.#next();
  });

  constructor(readonly sources: RenderSources) {}

  /** Paint the bare basemap onto a canvas, then call `done`, unless it is not wanted any more. */
  paintBasemap(canvas: HTMLCanvasElement, view: BasemapView, done: () => void, wanted: () => boolean): void {
    canvas.width = view.width * view.ratio;
    canvas.height = view.height * view.ratio;
    this.#enqueue({ canvas, request: { type: "basemap", view }, done, wanted });
  }

  /** Shade an area onto a canvas, then call `done`, unless it is not wanted any more. */
  paintShading(canvas: HTMLCanvasElement, shading: Shading, done: () => void, wanted: () => boolean): void {
    canvas.width = shading.width;
    canvas.height = shading.height;
    this.#enqueue({ canvas, request: { type: "shading", shading }, done, wanted });
  }

  /**
   * Paint the states of a day, then call `painted`, and again when `showDay` has changed them. The
   * world's picture shows the day too, where it is seen.
   */
  paintStates(
    place: StatesPlace,
    view: BasemapView,
    { day, world }: { day: number; world: boolean },
    painted: (picture: ImageBitmap) => void,
  ): void {
    const number = this.#states[place].number + 1;
    this.#states[place] = { number, painted, pending: true };
    this.#dayPending = day;
    this.#reportBusy();
    this.#sendSoon({ type: "states", place, number, view, day, world });
  }

  /** Show another day on the picture of the view last asked for, and on the world's where it is seen. */
  showDay(day: number, world: boolean): void {
    this.#dayPending = day;
    this.#reportBusy();
    this.#sendSoon({ type: "day", day, world });
  }

  /**
   * Send together what one input asks for, so that the worker begins with the last of it, and not
   * before its frame is painted, which needs the processor more.
   */
  #sendSoon(request: RenderRequest): void {
    this.#soon.push(request);
    this.#later.ask();
  }

  #enqueue(order: Order): void {
    this.#orders.push(order);
    if (this.#server) this.#later.ask();
    else queueMicrotask(() => this.#next());
  }

  /** Send the next order that is still wanted. */
  #next(): void {
    if (this.#current) return;
    this.#orders = this.#orders.filter((order) => order.wanted());
    this.#current = this.#orders.shift();
    this.#reportBusy();
    if (this.#current) this.#send(this.#current.request);
  }

  /**
   * The renderer is started with the land and its first request in its script: what is posted to
   * a worker waits until the page has read all its scripts.
   */
  #send(request: RenderRequest): void {
    if (this.#server) this.#server(request);
    else this.#server = this.#startWorker(request) ?? this.#startOnPage(request);
  }

  #startWorker(request: RenderRequest): RenderServer | undefined {
    if (typeof OffscreenCanvas === "undefined") return undefined;
    const { script, basemap, polities } = this.sources;
    // JSON is script too: as text it would have to be written once more here, and read there.
    const data = [`request:${JSON.stringify(request)}`, `basemap:${basemap}`, `polities:${polities}`];
    const source = [`globalThis.renderStart={${data.join()}};`, script];
    try {
      const worker = new Worker(URL.createObjectURL(new Blob(source, { type: "text/javascript" })));
      worker.onmessage = ({ data }: MessageEvent<RenderResponse>) => this.#receive(data);
      return (next) => worker.postMessage(next);
    } catch {
      // A browser that grants the page no worker paints on the page instead.
      return undefined;
    }
  }

  #startOnPage(request: RenderRequest): RenderServer {
    const { script, basemap, polities } = this.sources;
    const element = document.createElement("script");
    // The worker's own script, which the page's policy allows by its hash.
    element.textContent = script;
    document.head.append(element);
    if (!globalThis.startRenderer)
      throw new TypeError("the page can neither start a worker nor paint itself");
    const land = { basemap: JSON.parse(basemap) as Basemap, polities: JSON.parse(polities) as Polities };
    return globalThis.startRenderer({ ...land, request }, (response) => this.#receive(response));
  }

  #receive(response: RenderResponse): void {
    if (response.type === "shown") {
      if (response.day === this.#dayPending) this.#dayPending = undefined;
      this.#reportBusy();
      return;
    }
    const { picture } = response;
    if (response.type === "picture") {
      this.#deliver(picture);
      return;
    }
    const order = this.#states[response.place];
    if (response.number !== order.number) picture.close();
    else this.#deliverStates(order, picture);
  }

  #deliverStates(order: StatesOrder, picture: ImageBitmap): void {
    order.pending = false;
    order.painted?.(picture);
    this.#reportBusy();
  }

  #deliver(picture: ImageBitmap): void {
    const order = this.#current;
    this.#current = undefined;
    if (order) {
      order.canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(picture);
      order.done();
    }
    this.#next();
  }

  /** Say whether anything is still being painted. */
  #reportBusy(): void {
    const busy =
      this.#current !== undefined ||
      this.#orders.length > 0 ||
      this.#states.world.pending ||
      this.#states.view.pending ||
      this.#dayPending !== undefined;
    document.querySelector(".map")?.setAttribute("aria-busy", String(busy));
    if (busy) return;
    this.onIdle?.();
    this.onIdle = undefined;
  }
}
