/** A picture of the road's lines on the page: of one view, kept up with the days, moved along with the map. */

import type { Map as LeafletMap } from "leaflet";
import type { Viewport } from "../basemap/style";
import type { Rect } from "../lib/geometry";
import type { MapView } from "../lib/leaflet";
import { advance, atOnce, inSlices } from "../lib/slices";
import type { LegPaths } from "./legpaths";
import { EDGE, RoadDrawing, type RoadSpans, isSameRoad } from "./roaddrawing";
import type { RoadStyle } from "./roadstyle";
import { TiledCanvas } from "./tiledcanvas";
import { boxOf } from "./viewport";

/** More legs in a view than this take longer than a frame, and are drawn in slices. */
const AT_ONCE = 200;

export class RoadPicture {
  readonly #paths: LegPaths;
  readonly #canvas: TiledCanvas;
  readonly #onDrawn: () => void;
  readonly #draft: boolean;
  #drawing: RoadDrawing | undefined;
  /** What is being drawn in slices. */
  #awaited: { view: Viewport; spans: RoadSpans } | undefined;
  #giveUp: () => void = () => undefined;
  #withAhead = true;

  /** `onDrawn` is called when a view that was drawn in slices is on the page. */
  constructor(paths: LegPaths, name: "sharp" | "coarse", onDrawn: () => void) {
    this.#paths = paths;
    this.#canvas = new TiledCanvas(`road ${name}`);
    this.#onDrawn = onDrawn;
    this.#draft = name === "coarse";
  }

  get element(): HTMLElement {
    return this.#canvas.element;
  }

  /** What is on the page. */
  get view(): Viewport | undefined {
    return this.#drawing?.view;
  }

  /** What of the road is on the page. */
  get spans(): RoadSpans | undefined {
    return this.#drawing?.spans;
  }

  /** What is on its way to the page. */
  get awaited(): Viewport | undefined {
    return this.#awaited?.view;
  }

  /** Whether a road is being drawn in slices, in a view that will do. */
  isDrawing(spans: RoadSpans, willDo: (view: Viewport) => boolean): boolean {
    const awaited = this.#awaited;
    return awaited !== undefined && isSameRoad(awaited.spans, spans) && willDo(awaited.view);
  }

  /**
   * Draw a view anew; returns whether it is on the page. One of many legs is drawn in slices,
   * where it may wait, and what is on the page stays until then.
   */
  draw(view: Viewport, spans: RoadSpans, style: RoadStyle, mayWait: boolean): boolean {
    this.giveUp();
    const few = this.#paths.within(boxOf(view, EDGE), 0, this.#paths.count).length <= AT_ONCE;
    if (!few && !mayWait) return false;
    if (few) {
      atOnce(this.#draw(view, spans, style));
    } else {
      this.#awaited = { view, spans };
      this.element.dataset.drawing = "";
      this.#giveUp = inSlices(this.#drawSlowly(view, spans, style));
    }
    return few;
  }

  *#draw(view: Viewport, spans: RoadSpans, style: RoadStyle): Generator<void> {
    const drawing = new RoadDrawing(this.#paths, view, style, this.#draft);
    yield* drawing.paint(spans);
    this.#replace(drawing);
  }

  *#drawSlowly(view: Viewport, spans: RoadSpans, style: RoadStyle): Generator<void> {
    yield* this.#draw(view, spans, style);
    this.#awaited = undefined;
    delete this.element.dataset.drawing;
    this.#onDrawn();
  }

  /** Draw no further what is not yet on the page. */
  giveUp(): void {
    this.#giveUp();
    this.#awaited = undefined;
    delete this.element.dataset.drawing;
  }

  #replace(drawing: RoadDrawing): void {
    this.#drawing = drawing;
    this.#canvas.setView(drawing.view);
    this.#paint([{ ...drawing.view, left: 0, top: 0 }]);
  }

  #paint(parts: readonly Rect[]): void {
    const tiles = new Set(parts.flatMap((part) => this.#canvas.tilesOf(part)));
    for (const tile of tiles)
      this.#canvas.paint(tile, (context, corner, side) =>
        this.#drawing?.show(context, corner, side, this.#withAhead),
      );
  }

  /** Whether the picture can follow to a day; the whole road and a single day need another one. */
  canShow(spans: RoadSpans): boolean {
    return this.#drawing?.canUpdate(spans) ?? false;
  }

  /** Whether every leg is drawn in its age. */
  isAged(spans: RoadSpans): boolean {
    return this.#drawing?.isAged(spans) ?? false;
  }

  /** Follow to another day, as far as a slice of time allows; returns whether it has come there. */
  follow(spans: RoadSpans): boolean {
    if (!this.#drawing) return false;
    const arrived = advance(this.#drawing.update(spans));
    this.#paint(this.#drawing.takeChanged());
    this.element.toggleAttribute("data-drawing", !arrived || this.#awaited !== undefined);
    return arrived;
  }

  /** Draw the legs ahead too, or leave them out. */
  setAhead(withAhead: boolean): void {
    if (this.#withAhead === withAhead) return;
    this.#withAhead = withAhead;
    if (this.view) this.#paint([{ ...this.view, left: 0, top: 0 }]);
  }

  /** Put the picture where the map has its view, or will have. */
  place(map: LeafletMap, view: MapView): void {
    this.#canvas.place(map, view);
  }
}
