/** The picture of a network: a layer of ties that the worker draws, and on it a layer of characters and names.
 * It is painted when something changed, never else. */
import type { Camera, Size } from "./camera/camera";
import { Viewpoint } from "./camera/viewpoint";
import { type Beam, litCharacters } from "./highlight";
import type { Altered, Columns, Places } from "./network/columns";
import { type Crowd, crowdOf } from "./network/derived_network";
import { neighboursOf, under } from "./network/hit_testing";
import { NodeLayer } from "./nodes/node_layer";
import { radiusOf } from "./nodes/nodes";
import { News } from "./nodes/pulses";
import { Painter } from "./painter";
import type { Palette } from "./palette";
import { TieLayer } from "./ties/tie_layer";
import type { Shown } from "./ties/ties";

export interface Looks {
  selected: number;
  /** The other end of a selected tie, or -1. */
  other: number;
  way: readonly number[];
  pinned: readonly number[];
  isFocused: boolean;
  shown: Shown;
  palette: Palette;
  isStill: boolean;
}

interface Studio {
  draw: (camera: Camera, size: Size, ratio: number, shown: Shown, palette: Palette, most: number) => void;
  /** The camera rests: its place for the address. */
  rested: (camera: string) => void;
  hovered: (index: number) => void;
}

const MOST_TIES = 3_000;
const NAMES_MS = 80;

export class Picture {
  private readonly tieCanvas: HTMLCanvasElement;
  private readonly nodeCanvas: HTMLCanvasElement;
  private readonly tieLayer: TieLayer;
  private readonly nodeLayer: NodeLayer;
  private readonly viewpoint: Viewpoint;
  private readonly painter: Painter;
  private readonly news = new News();
  private readonly watcher: ResizeObserver;
  private crowd: Crowd | null = null;
  private radii = new Float32Array();
  private wish = "";
  private hover = -1;
  private hoveredAt = -Infinity;
  private namesTimer: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;

  constructor(
    private readonly stage: HTMLElement,
    private readonly studio: Studio,
    private looks: Looks,
  ) {
    this.tieCanvas = layer(stage, "edges");
    this.nodeCanvas = layer(stage, "nodes");
    this.tieLayer = new TieLayer(this.tieCanvas, () => this.order());
    this.nodeLayer = new NodeLayer(this.nodeCanvas, () => this.paint());
    this.painter = new Painter(this.nodeLayer);
    this.viewpoint = new Viewpoint(
      () => this.moved(),
      (camera) => this.rested(camera),
    );
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(stage);
    this.resized();
  }

  dispose(): void {
    this.watcher.disconnect();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.namesTimer);
    for (const part of [this.viewpoint, this.tieLayer, this.nodeLayer]) part.dispose();
    for (const canvas of [this.tieCanvas, this.nodeCanvas]) {
      canvas.width = canvas.height = 0;
      canvas.remove();
    }
  }

  show(columns: Columns, places: Places, wish: string): void {
    const isFirst = this.crowd === null;
    this.wish = wish;
    this.news.forget();
    this.takeIn(columns, places);
    if (isFirst) this.place();
    this.tieLayer.redraw();
    this.invalidate();
  }

  look(looks: Looks): void {
    const { palette, shown } = this.looks;
    this.looks = looks;
    if (looks.palette !== palette || looks.shown.stages !== shown.stages || looks.shown.strength !== shown.strength)
      this.tieLayer.redraw();
    this.invalidate();
  }

  alter({ columns, characters, ties }: Altered, places: Places): void {
    const known = this.crowd?.columns.ids.length ?? 0;
    const { palette } = this.looks;
    const now = performance.now();
    this.takeIn(columns, places);
    for (const index of characters) if (index >= known) this.news.arrived(index, now);
    for (const tie of ties)
      this.news.changed([columns.from[tie]!, columns.to[tie]!], columns.bond[tie]! < 0 ? palette.cold : palette.warm, now);
    this.tieLayer.redraw();
    this.invalidate();
  }

  took({ camera, bitmap }: { camera: Camera; bitmap: ImageBitmap }): void {
    this.tieLayer.took(bitmap, camera, this.viewpoint.camera);
    this.stage.dataset.drawn = "yes";
  }

  pan(dx: number, dy: number): void {
    this.viewpoint.pan(dx, dy);
  }

  zoom(factor: number, x?: number, y?: number): void {
    this.viewpoint.zoom(factor, x, y);
  }

  centreOn(x: number, y: number): void {
    this.viewpoint.centreOn(x, y);
  }

  fit(): void {
    if (this.columns) this.viewpoint.fit(this.columns, this.looks.isStill);
  }

  frameOn(indexes: readonly number[]): void {
    if (this.columns) this.viewpoint.frameOn(this.columns, indexes, this.looks.isStill);
  }

  isInView(index: number): boolean {
    return this.columns !== null && this.viewpoint.holds(this.columns.x[index]!, this.columns.y[index]!);
  }

  /** What part of the plane is in view, for the minimap. */
  view(): { left: number; top: number; right: number; bottom: number } {
    return this.viewpoint.bounds();
  }

  /** Where a character is on the stage, in px. */
  screen(index: number): [number, number] {
    return this.viewpoint.screen(this.columns!.x[index]!, this.columns!.y[index]!);
  }

  at(x: number, y: number, reach: number): number {
    return this.columns ? under(this.columns, this.radii, this.viewpoint.camera, x, y, reach) : -1;
  }

  point(x: number, y: number, reach: number): void {
    this.hoverOn(x < 0 ? -1 : this.at(x, y, reach));
  }

  hoverOn(index: number): void {
    if (index === this.hover) return;
    this.hover = index;
    this.hoveredAt = performance.now();
    this.studio.hovered(index);
    this.invalidate();
    clearTimeout(this.namesTimer);
    this.namesTimer = setTimeout(() => this.invalidate(), NAMES_MS);
  }

  get columns(): Columns | null {
    return this.crowd?.columns ?? null;
  }

  /** Whoever met others most lately, or -1. */
  first(): number {
    return this.crowd?.rank[0] ?? -1;
  }

  neighbours(index: number): Set<number> {
    return this.crowd ? neighboursOf(this.crowd.columns, this.crowd.ties[index] ?? [], index) : new Set();
  }

  /** Who is in the light; null where all are. */
  lit(): ReadonlySet<number> | null {
    return this.crowd && litCharacters(this.crowd.columns, this.crowd.ties, this.beam());
  }

  private takeIn(columns: Columns, places: Places): void {
    this.crowd = crowdOf(columns, places);
    this.measure();
  }

  private measure(): void {
    if (!this.crowd) return;
    const { columns, contact } = this.crowd;
    const { camera, unit, size } = this.viewpoint;
    this.radii = contact.map((one) => radiusOf(one, columns.ids.length, camera.k / unit, size.width));
  }

  private place(): void {
    if (!this.columns || !this.viewpoint.size.width) return;
    this.viewpoint.place(this.columns, this.wish);
    this.measure();
  }

  private resized(): void {
    const size = { width: this.stage.clientWidth, height: this.stage.clientHeight };
    const before = this.viewpoint.size;
    if (!size.width || !size.height || (size.width === before.width && size.height === before.height)) return;
    this.tieLayer.resize(size);
    this.nodeLayer.resize(size);
    if (before.width && this.columns) this.viewpoint.resize(size, this.columns);
    else {
      this.viewpoint.size = size;
      this.place();
    }
    this.tieLayer.redraw();
    this.paint();
  }

  private moved(): void {
    this.measure();
    this.tieLayer.follow(this.viewpoint.camera, this.viewpoint.size);
    this.invalidate();
  }

  private rested(camera: string): void {
    this.invalidate();
    this.studio.rested(camera);
  }

  private order(): boolean {
    const { camera, size } = this.viewpoint;
    if (!this.crowd || !size.width) return false;
    this.studio.draw(camera, size, this.nodeLayer.sharp, this.looks.shown, this.looks.palette, MOST_TIES);
    return true;
  }

  private invalidate(): void {
    this.frame ||= requestAnimationFrame((began) => {
      this.frame = 0;
      this.nodeLayer.keepPace(began);
      const now = performance.now();
      this.viewpoint.advance(now);
      if (this.news.advance(now)) this.invalidate();
      this.paint();
    });
  }

  private beam(): Beam {
    const { selected, other, way, pinned } = this.looks;
    return { hover: this.hover, selected, other, way, pinned };
  }

  private paint(): void {
    const { crowd, radii, viewpoint, news } = this;
    if (!crowd || !viewpoint.size.width) return;
    const { shown, palette, isFocused, isStill } = this.looks;
    const isPassing = performance.now() - this.hoveredAt < NAMES_MS;
    const lit = this.lit();
    this.painter.paint({
      crowd,
      radii,
      viewpoint,
      beam: this.beam(),
      lit,
      news,
      shown,
      palette,
      isFocused,
      isStill,
      isPassing,
    });
    this.tieLayer.fade(lit !== null);
  }
}

function layer(stage: HTMLElement, name: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.className = `layer ${name}`;
  canvas.setAttribute("aria-hidden", "true");
  stage.append(canvas);
  return canvas;
}
