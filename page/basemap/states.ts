/** Paints who held which land on a day: the pieces of land that change hands together. */

import { type WorldBox, buffered, overlaps, union } from "../lib/worldbox";
import { type Arcs, FINE, type Shape, arcNumber, asLines } from "./arcs";
import { type Context, stroke, strokeBorder } from "./canvas";
import type { Polities, Status } from "./data";
import { crosses, stripes } from "./hatching";
import type { WorldView } from "./renderer";

/** How a piece of land is drawn on a day; null where nothing is claimed. */
export interface PieceStyle {
  polity: number;
  /** Number of its hue. */
  tint: number;
  drawn: Status["drawn"];
  /** Hue of the state it was under, or 0. */
  underTint: number;
}

/** A piece beside an arc, and whether it lies to the arc's left. */
interface Owner {
  piece: number;
  left: boolean;
}

/** Finest detail of the bands inside borders, in px. */
const BAND_DETAIL = 1.4;
/** Scales of which outlines are kept: the coarse world's, and those the reader goes between. */
const SCALES_KEPT = 4;
const WORLD: WorldBox = { west: -1, north: -1, east: 2, south: 2 };

export class StatesRenderer {
  /** The shapes of each piece, and the box around them. */
  readonly shapes: Shape[][];
  readonly boxes: WorldBox[];
  readonly #arcs: Arcs;
  readonly #polities: Polities;
  readonly #countries: string[];
  readonly #timelineOf: (number | null)[];
  readonly #owners = new Map<number, Owner[]>();
  /** Outlines of the pieces at the scales last drawn, the latest last. */
  readonly #outlines = new Map<number, Map<number, Path2D>>();

  /** `arcs` are of the same topology. */
  constructor(polities: Polities, arcs: Arcs) {
    this.#arcs = arcs;
    this.#polities = polities;
    const pieces = polities.objects.atoms.geometries;
    this.#countries = pieces.map((piece) => piece.properties.a3);
    this.#timelineOf = pieces.map((piece) => piece.properties.t);
    this.shapes = pieces.map((piece) => arcs.shapes(piece));
    this.boxes = this.shapes.map((shapes) => union(shapes.map((shape) => shape.box)));
    this.shapes.forEach((shapes, piece) => this.#claimArcs(shapes, piece));
  }

  #claimArcs(shapes: readonly Shape[], piece: number): void {
    for (const shape of shapes) {
      shape.rings.forEach((ring, i) => {
        // With y downwards a positive area runs clockwise, its inside to the right.
        const insideRight = this.#signedArea(ring) > 0 === (i === 0);
        for (const arc of ring) {
          const index = arcNumber(arc);
          const owners = this.#owners.get(index) ?? [];
          owners.push({ piece, left: insideRight === arc < 0 });
          this.#owners.set(index, owners);
        }
      });
    }
  }

  /** Twice the signed area of a ring. */
  #signedArea(ring: readonly number[]): number {
    let area = 0;
    for (const arc of ring) {
      const points = this.#arcs.points[arcNumber(arc)]!;
      const sign = arc < 0 ? -1 : 1;
      for (let i = 2; i < points.length; i += 2) {
        area += sign * (points[i - 2]! * points[i + 1]! - points[i]! * points[i - 1]!);
      }
    }
    return area;
  }

  /** Every arc that bounds a piece. */
  ownedArcs(): number[] {
    return [...this.#owners.keys()];
  }

  /** Whether an arc has land on one side only. */
  isCoast(arc: number): boolean {
    return this.#owners.get(arc)?.length === 1;
  }

  /** Whether an arc parts two countries of today. */
  isModernBorder(arc: number): boolean {
    const [a, b] = this.#owners.get(arc) ?? [];
    return a !== undefined && b !== undefined && this.#countries[a.piece] !== this.#countries[b.piece];
  }

  /** How each piece is drawn on a day. */
  stylesOn(day: number): (PieceStyle | null)[] {
    return this.#timelineOf.map((timeline) => {
      const polity = timeline === null ? null : this.#holderOn(timeline, day);
      return polity === null ? null : this.#styleOf(polity, day);
    });
  }

  /** The polity that held the land of a timeline on a day. */
  #holderOn(timeline: number, day: number): number | null {
    let holder: number | null = null;
    for (const [from, polity] of this.#polities.timelines[timeline] ?? []) {
      if (from > day) break;
      holder = polity;
    }
    return holder;
  }

  #styleOf(polity: number, day: number): PieceStyle {
    const { polities, statuses } = this.#polities;
    const own = polities[polity]!;
    const style: PieceStyle = { polity, tint: own.tint, drawn: "sovereign", underTint: 0 };
    for (const [from, , status, under] of own.spans) {
      if (from > day) break;
      style.drawn = statuses[status]?.drawn ?? "sovereign";
      style.underTint = under === null ? 0 : polities[under]!.tint;
    }
    return style;
  }

  /** Paint the land in view; `styles` has one entry a piece. */
  paint(context: Context, view: WorldView, styles: readonly (PieceStyle | null)[]): void {
    const { scale, box, palette } = view;
    const outline = this.outlinesAt(scale);
    const seen = this.boxes.flatMap((own, piece) => (overlaps(own, box) ? [piece] : []));
    for (const piece of seen) {
      context.fillStyle = palette.tints[styles[piece]?.tint ?? 0]!;
      context.fill(outline(piece), "evenodd");
    }
    this.#paintBands(context, view, styles);
    for (const piece of seen) {
      const style = styles[piece] ?? null;
      if (isHatched(style)) this.#paintHatching(context, view, outline(piece), style);
    }
    const borders = this.#borders(box, styles).map(([arc]) => arc);
    strokeBorder(context, this.#arcs.strokePath(asLines(borders), FINE / scale, scale), palette.border, 0.85);
  }

  /** Land that is occupied is striped in the occupier's hue, or in grey where there are several; contested land strewn with crosses. */
  #paintHatching(
    context: Context,
    { palette }: WorldView,
    outline: Path2D,
    { drawn, underTint }: PieceStyle,
  ): void {
    const contested = drawn === "contested";
    context.fillStyle = contested
      ? crosses(context, palette.border)
      : stripes(context, palette.bands[underTint] || palette.border);
    context.globalAlpha = contested ? 0.45 : underTint ? 0.6 : 0.2;
    context.fill(outline, "evenodd");
    context.globalAlpha = 1;
  }

  /** Gives each piece's outline, whole, in px of a world of this scale. */
  outlinesAt(scale: number): (piece: number) => Path2D {
    const outlines = this.#outlines.get(scale) ?? new Map<number, Path2D>();
    this.#outlines.delete(scale);
    this.#outlines.set(scale, outlines);
    const [oldest] = this.#outlines.keys();
    if (this.#outlines.size > SCALES_KEPT) this.#outlines.delete(oldest!);
    return (piece) => {
      const path =
        outlines.get(piece) ?? this.#arcs.fillPath(this.shapes[piece]!, WORLD, FINE / scale, scale);
      outlines.set(piece, path);
      return path;
    };
  }

  /** Arcs in view whose two sides are drawn differently. */
  #borders(view: WorldBox, styles: readonly (PieceStyle | null)[]): [number, Owner[]][] {
    return [...this.#owners].filter(([arc, [a, b]]) => {
      const parts = a !== undefined && b !== undefined && !sameStyle(styles[a.piece], styles[b.piece]);
      return parts && overlaps(this.#arcs.boxes[arc]!, view);
    });
  }

  /** Inside its border each state has a band of its own hue, broken where it is dependent. */
  #paintBands(
    context: Context,
    { scale, box, palette }: WorldView,
    styles: readonly (PieceStyle | null)[],
  ): void {
    const width = scale < 3200 ? 4 : 5.5;
    const solid = palette.bands.map(() => new Path2D());
    const broken = palette.bands.map(() => new Path2D());
    for (const [arc, owners] of this.#borders(buffered(box, 8 / scale), styles)) {
      for (const { piece, left } of owners) {
        const style = styles[piece];
        if (!style) continue;
        const band = (style.drawn === "dependent" ? broken : solid)[style.tint]!;
        this.#arcs.traceOffset(band, arc, left ? width / 2 : -width / 2, BAND_DETAIL / scale, scale);
      }
    }
    solid.forEach((path, tint) => tint && stroke(context, path, palette.bands[tint]!, width, 0.42));
    context.lineCap = "butt";
    context.setLineDash([7, 5]);
    broken.forEach((path, tint) => tint && stroke(context, path, palette.bands[tint]!, width, 0.6));
    context.setLineDash([]);
    context.lineCap = "round";
  }
}

/** Whether two pieces are drawn alike, with no border between them. */
export function sameStyle(a: PieceStyle | null | undefined, b: PieceStyle | null | undefined): boolean {
  if (!a || !b) return !a && !b;
  return a.polity === b.polity && a.drawn === b.drawn && a.tint === b.tint && a.underTint === b.underTint;
}

function isHatched(style: PieceStyle | null): style is PieceStyle {
  return style?.drawn === "occupied" || style?.drawn === "contested";
}
