/** The picture of a network: a layer of ties that the worker draws, below a layer of characters and names. It is painted
 * only when something changes. */
import type { Camera, Size } from "./camera/camera";
import { Viewpoint } from "./camera/viewpoint";
import { type Highlight, highlightedCharacters } from "./highlight";
import { neighboursOf } from "./network/adjacency";
import type { AppliedDelta, Columns, NodeIndex } from "./network/columns";
import { type DerivedNetwork, deriveNetwork } from "./network/derived_network";
import { characterAt } from "./network/hit_testing";
import { NodeLayer } from "./nodes/node_layer";
import { radiusOf } from "./nodes/nodes";
import { Pulses } from "./nodes/pulses";
import { Painter } from "./painter";
import type { Palette } from "./palette";
import { TieLayer } from "./ties/tie_layer";
import type { TieFilter } from "./ties/ties";

export interface PictureOptions {
  selected: number;
  /** The other end of a selected tie or path; -1 if there is none. */
  other: number;
  path: readonly number[];
  pinned: readonly number[];
  isFocused: boolean;
  filter: TieFilter;
  palette: Palette;
  isInstant: boolean;
}

interface PictureCallbacks {
  draw: (camera: Camera, size: Size, ratio: number, filter: TieFilter, palette: Palette, limit: number) => void;
  /** Called when the camera rests, with its text for the address. */
  onRest: (camera: string) => void;
  onHover: (index: number) => void;
}

const TIES_MAX = 3_000;
const HOVER_SETTLE_MS = 80;

export class Picture {
  private readonly tieCanvas: HTMLCanvasElement;
  private readonly nodeCanvas: HTMLCanvasElement;
  private readonly tieLayer: TieLayer;
  private readonly nodeLayer: NodeLayer;
  private readonly viewpoint: Viewpoint;
  private readonly painter: Painter;
  private readonly pulses = new Pulses();
  private readonly resizeObserver: ResizeObserver;
  private network: DerivedNetwork | null = null;
  private radii = new Float32Array();
  private savedCamera = "";
  private hovered = -1;
  private hoveredAt = -Infinity;
  private namesTimer: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;

  constructor(
    private readonly stage: HTMLElement,
    private readonly callbacks: PictureCallbacks,
    private options: PictureOptions,
  ) {
    this.tieCanvas = appendLayer(stage, "edges");
    this.nodeCanvas = appendLayer(stage, "nodes");
    this.tieLayer = new TieLayer(this.tieCanvas, () => this.requestTies());
    this.nodeLayer = new NodeLayer(this.nodeCanvas, () => this.paint());
    this.painter = new Painter(this.nodeLayer);
    this.viewpoint = new Viewpoint(
      () => this.handleMove(),
      (camera) => this.handleRest(camera),
    );
    this.resizeObserver = new ResizeObserver(() => this.handleResize());
    this.resizeObserver.observe(stage);
    this.handleResize();
  }

  dispose(): void {
    this.resizeObserver.disconnect();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.namesTimer);
    for (const part of [this.viewpoint, this.tieLayer, this.nodeLayer]) part.dispose();
    for (const canvas of [this.tieCanvas, this.nodeCanvas]) {
      canvas.width = canvas.height = 0;
      canvas.remove();
    }
  }

  setNetwork(columns: Columns, nodeIndex: NodeIndex, savedCamera: string): void {
    const isFirst = this.network === null;
    this.savedCamera = savedCamera;
    this.pulses.clear();
    this.deriveFrom(columns, nodeIndex);
    if (isFirst) this.initializeCamera();
    this.tieLayer.redraw();
    this.invalidate();
  }

  setOptions(options: PictureOptions): void {
    const { palette, filter } = this.options;
    this.options = options;
    if (
      options.palette !== palette ||
      options.filter.stages !== filter.stages ||
      options.filter.minStrength !== filter.minStrength
    )
      this.tieLayer.redraw();
    this.invalidate();
  }

  applyDelta({ columns, characters, ties }: AppliedDelta, nodeIndex: NodeIndex): void {
    const known = this.network?.columns.ids.length ?? 0;
    const { palette } = this.options;
    const now = performance.now();
    this.deriveFrom(columns, nodeIndex);
    for (const index of characters) if (index >= known) this.pulses.addFadeIn(index, now);
    for (const tie of ties)
      this.pulses.addPulse([columns.from[tie]!, columns.to[tie]!], columns.bond[tie]! < 0 ? palette.cold : palette.warm, now);
    this.tieLayer.redraw();
    this.invalidate();
  }

  showTies({ camera, bitmap }: { camera: Camera; bitmap: ImageBitmap }): void {
    this.tieLayer.showBitmap(bitmap, camera, this.viewpoint.camera);
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
    if (this.columns) this.viewpoint.fitAll(this.columns, this.options.isInstant);
  }

  fitTo(indexes: readonly number[]): void {
    if (this.columns) this.viewpoint.fitTo(this.columns, indexes, this.options.isInstant);
  }

  isInView(index: number): boolean {
    return this.columns !== null && this.viewpoint.contains(this.columns.x[index]!, this.columns.y[index]!);
  }

  /** The visible part of the plane, for the minimap. */
  visibleBounds(): { left: number; top: number; right: number; bottom: number } {
    return this.viewpoint.visibleBounds();
  }

  /** The position of a character on the stage, in px. */
  toScreen(index: number): [number, number] {
    return this.viewpoint.toScreen(this.columns!.x[index]!, this.columns!.y[index]!);
  }

  characterAt(x: number, y: number, reach: number): number {
    return this.columns ? characterAt(this.columns, this.radii, this.viewpoint.camera, x, y, reach) : -1;
  }

  pointAt(x: number, y: number, reach: number): void {
    this.hoverOn(x < 0 ? -1 : this.characterAt(x, y, reach));
  }

  hoverOn(index: number): void {
    if (index === this.hovered) return;
    this.hovered = index;
    this.hoveredAt = performance.now();
    this.callbacks.onHover(index);
    this.invalidate();
    clearTimeout(this.namesTimer);
    this.namesTimer = setTimeout(() => this.invalidate(), HOVER_SETTLE_MS);
  }

  get columns(): Columns | null {
    return this.network?.columns ?? null;
  }

  /** The character with the most recent contact; -1 if there is none. */
  mostActive(): number {
    return this.network?.rank[0] ?? -1;
  }

  neighbours(index: number): Set<number> {
    return this.network ? neighboursOf(this.network.columns, this.network.tiesOf[index] ?? [], index) : new Set();
  }

  /** Null if nothing is highlighted. */
  highlighted(): ReadonlySet<number> | null {
    return this.network && highlightedCharacters(this.network.columns, this.network.tiesOf, this.highlight());
  }

  private deriveFrom(columns: Columns, nodeIndex: NodeIndex): void {
    this.network = deriveNetwork(columns, nodeIndex);
    this.updateRadii();
  }

  private updateRadii(): void {
    if (!this.network) return;
    const { columns, contact } = this.network;
    const { camera, fitScale, size } = this.viewpoint;
    this.radii = contact.map((one) => radiusOf(one, columns.ids.length, camera.k / fitScale, size.width));
  }

  private initializeCamera(): void {
    if (!this.columns || !this.viewpoint.size.width) return;
    this.viewpoint.initialize(this.columns, this.savedCamera);
    this.updateRadii();
  }

  private handleResize(): void {
    const size = { width: this.stage.clientWidth, height: this.stage.clientHeight };
    const before = this.viewpoint.size;
    if (!size.width || !size.height || (size.width === before.width && size.height === before.height)) return;
    this.tieLayer.resize(size);
    this.nodeLayer.resize(size);
    if (before.width && this.columns) this.viewpoint.resize(size, this.columns);
    else {
      this.viewpoint.size = size;
      this.initializeCamera();
    }
    this.tieLayer.redraw();
    this.paint();
  }

  private handleMove(): void {
    this.updateRadii();
    this.tieLayer.moveTo(this.viewpoint.camera, this.viewpoint.size);
    this.invalidate();
  }

  private handleRest(camera: string): void {
    this.invalidate();
    this.callbacks.onRest(camera);
  }

  private requestTies(): boolean {
    const { camera, size } = this.viewpoint;
    if (!this.network || !size.width) return false;
    this.callbacks.draw(camera, size, this.nodeLayer.fullRatio, this.options.filter, this.options.palette, TIES_MAX);
    return true;
  }

  private invalidate(): void {
    this.frame ||= requestAnimationFrame((began) => {
      this.frame = 0;
      this.nodeLayer.adaptResolution(began);
      const now = performance.now();
      this.viewpoint.advance(now);
      if (this.pulses.advance(now)) this.invalidate();
      this.paint();
    });
  }

  private highlight(): Highlight {
    const { selected, other, path, pinned } = this.options;
    return { hover: this.hovered, selected, other, path, pinned };
  }

  private paint(): void {
    const { network, radii, viewpoint, pulses } = this;
    if (!network || !viewpoint.size.width) return;
    const { filter, palette, isFocused, isInstant } = this.options;
    const isHoverSettling = performance.now() - this.hoveredAt < HOVER_SETTLE_MS;
    const highlighted = this.highlighted();
    this.painter.paint({
      network,
      radii,
      viewpoint,
      highlight: this.highlight(),
      highlighted,
      pulses,
      filter,
      palette,
      isFocused,
      isStill: isInstant,
      isHoverSettling,
    });
    this.tieLayer.setFaded(highlighted !== null);
  }
}

function appendLayer(stage: HTMLElement, name: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.className = `layer ${name}`;
  canvas.setAttribute("aria-hidden", "true");
  stage.append(canvas);
  return canvas;
}
