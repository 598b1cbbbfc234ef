/** Regions and countries on the map: a stipple with a soft edge, for what has no exact point. */

import { Layer } from "leaflet";
import type { RenderQueue } from "../basemap/queue";
import type { JourneyData, Outline } from "../journey/data";
import { FLIGHT, type MapView, onZoomAnimation, viewOf } from "../lib/leaflet";
import { ShadedView, type ShownArea } from "./shadedview";

export type { ShownArea };

export class AreasLayer extends Layer {
  readonly #queue: RenderQueue;
  readonly #outlines: Record<string, Outline>;
  #shown: readonly ShownArea[] = [];
  /** What is on the map, until the next is there: the shadings of a new view. */
  #view: ShadedView | undefined;
  #next: ShadedView | undefined;
  /** Where a flight or a zoom ends that is under way. */
  #heading: MapView | undefined;

  constructor(queue: RenderQueue, { shapes }: JourneyData) {
    super();
    this.#queue = queue;
    this.#outlines = shapes;
  }

  override onAdd(): this {
    this.redraw();
    return this;
  }

  override onRemove(): this {
    this.#next?.remove();
    this.#view?.remove();
    this.#view = this.#next = this.#heading = undefined;
    return this;
  }

  override getEvents() {
    return {
      moveend: () => this.#head(undefined),
      resize: () => this.#cover(),
      zoom: () => this.#view?.place(viewOf(this._map)),
      zoomanim: onZoomAnimation((center, zoom) => {
        this.#view?.place({ center, zoom });
        this.#head({ center, zoom });
      }),
      [FLIGHT]: onZoomAnimation((center, zoom) => this.#head({ center, zoom })),
    };
  }

  /** Show these areas and no others; the layer is on a map. */
  show(areas: readonly ShownArea[]): void {
    this.#shown = areas;
    this.#view?.keep(areas);
    (this.#next ?? this.#view)?.show(areas);
    this.#replace();
  }

  /** The map begins a flight or a zoom, or stands still. */
  #head(view: MapView | undefined): void {
    this.#heading = view;
    this.#cover();
    this.#replace();
  }

  get #target(): MapView {
    return this.#heading ?? viewOf(this._map);
  }

  /** Draw anew where the map shows, or will show, another view than what was drawn last. */
  #cover(): void {
    if (!(this.#next ?? this.#view)?.shows(this.#target)) this.redraw();
  }

  /** Draw anew for another view of the map, or in other colours. */
  redraw(): void {
    this.#next?.remove();
    this.#next = new ShadedView(this._map, this.#target, this.#queue, this.#outlines, () => this.#replace());
    this.#next.show(this.#shown);
    this.#replace();
  }

  /** The next shadings take the place of those on the map once they are there, and so is the map. */
  #replace(): void {
    if (this.#heading || !this.#next?.ready) return;
    this.#view?.remove();
    this.#view = this.#next;
    this.#next = undefined;
    this.#view.place(viewOf(this._map));
    this.#view.addTo(this._map);
  }
}
