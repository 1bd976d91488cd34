/** The picture of a network: an edge layer that the worker draws and that is only moved here, and a canvas of nodes and names on it.
 * It draws when something changed, never else. */
import { boundsOf, crowdBounds } from "./bounds";
import { between, centred, eased, fitted, moved, read, shift, written, zoomed, type Camera, type Size } from "./camera";
import { contacts, ranked, bondsBack, type Altered, type Columns, type Places } from "./columns";
import { drawTies, isShown, type Shown } from "./edges";
import { litCharacters, litTies, type Beam } from "./light";
import { Names, type Named } from "./names";
import { drawNodes, drawRing, radiusOf } from "./nodes";
import { Pace } from "./pace";
import type { Palette } from "./palette";
import { neighboursOf, tiesByCharacter, under } from "./reach";
import { Sprites } from "./sprites";
import { tellingTies, type Telling } from "./telling";

export interface Looks {
  selected: number;
  /** The other end of a selected tie, or -1. */
  other: number;
  way: readonly number[];
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

interface Pulse {
  ends: readonly [number, number];
  colour: string;
  began: number;
}

const TWEEN_MS = 180;
const PULSE_MS = 900;
const MOST_TIES = 3_000;
const REST_MS = 250;
const REDRAW_MS = 120;
const SHARPEN_MS = 200;
const NAMES_MS = 80;
const MOST_BARE = 0.4;

export class Picture {
  private readonly edges: HTMLCanvasElement;
  private readonly nodes: HTMLCanvasElement;
  private readonly bitmaps: ImageBitmapRenderingContext;
  private readonly pen: CanvasRenderingContext2D;
  private size: Size = { width: 0, height: 0 };
  /** Device pixels a px: of the ties and of what rests, and of the nodes as they are drawn now. */
  private sharp = 1;
  private ratio = 1;
  private camera: Camera = { k: 1, tx: 0, ty: 0 };
  private drawn: Camera | null = null;
  private unit = 1;
  private columns: Columns | null = null;
  private back = new Float32Array();
  private contact = new Float32Array();
  private rank = new Uint32Array();
  private radii = new Float32Array();
  private ties: number[][] = [];
  private telling: Telling[] = [];
  private hover = -1;
  private looks: Looks;
  private frame = 0;
  private isBusy = false;
  private isDue = false;
  private tween: { from: Camera; to: Camera; began: number } | null = null;
  private pulses: Pulse[] = [];
  private arrivals = new Map<number, number>();
  private sprites = new Map([[1, new Sprites(1)]]);
  private pace = new Pace();
  private hoveredAt = -Infinity;
  private namesTimer: ReturnType<typeof setTimeout> | undefined;
  private sharpenTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly names = new Names();
  private isMoving = false;
  private orderTimer: ReturnType<typeof setTimeout> | undefined;
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly watcher: ResizeObserver;
  private wish = "";

  constructor(
    private readonly stage: HTMLElement,
    private readonly studio: Studio,
    looks: Looks,
  ) {
    this.looks = looks;
    this.edges = layer(stage, "edges");
    this.nodes = layer(stage, "nodes");
    this.bitmaps = this.edges.getContext("bitmaprenderer")!;
    this.pen = this.nodes.getContext("2d")!;
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(stage);
    this.resized();
  }

  dispose(): void {
    this.watcher.disconnect();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.restTimer);
    clearTimeout(this.orderTimer);
    clearTimeout(this.namesTimer);
    clearTimeout(this.sharpenTimer);
    for (const canvas of [this.edges, this.nodes]) {
      canvas.width = canvas.height = 0;
      canvas.remove();
    }
  }

  show(columns: Columns, places: Places, wish: string): void {
    const isFirst = this.columns === null;
    this.columns = columns;
    this.derive(places);
    this.wish = wish;
    if (isFirst) this.place();
    this.order();
    this.invalidate();
  }

  look(looks: Looks): void {
    const isRedrawn = looks.palette !== this.looks.palette || looks.shown.stages !== this.looks.shown.stages || looks.shown.strength !== this.looks.shown.strength;
    this.looks = looks;
    if (isRedrawn) this.order();
    this.invalidate();
  }

  alter(change: Altered, places: Places): void {
    const known = this.columns?.ids.length ?? 0;
    this.columns = change.columns;
    const now = performance.now();
    for (const index of change.characters) if (index >= known) this.arrivals.set(index, now);
    this.derive(places);
    for (const tie of change.ties) this.pulse(change.columns.from[tie]!, change.columns.to[tie]!, change.columns.bond[tie]!);
    this.order();
    this.invalidate();
  }

  pulse(a: number, b: number, bond: number): void {
    const { palette } = this.looks;
    if (this.pulses.length > 40) this.pulses.shift();
    this.pulses.push({ ends: [a, b], colour: bond < 0 ? palette.cold : palette.warm, began: performance.now() });
    this.invalidate();
  }

  took({ camera, bitmap }: { camera: Camera; bitmap: ImageBitmap }): void {
    this.isBusy = false;
    this.bitmaps.transferFromImageBitmap(bitmap);
    this.drawn = camera;
    this.settle();
    this.stage.dataset["drawn"] = "yes";
    if (this.isDue) this.order();
  }

  pan(dx: number, dy: number): void {
    this.go(moved(this.camera, dx, dy));
  }

  zoom(factor: number, x = this.size.width / 2, y = this.size.height / 2): void {
    this.go(zoomed(this.camera, factor, x, y, this.unit));
  }

  fit(): void {
    if (this.columns) this.glide(fitted(boundsOf(this.columns), this.size, this.margin()));
  }

  /** Brings characters into the middle: one at its present scale, several all in view. */
  frameOn(indexes: readonly number[]): void {
    const columns = this.columns;
    if (!columns || !indexes.length) return;
    if (indexes.length === 1) this.glide(centred(columns.x[indexes[0]!]!, columns.y[indexes[0]!]!, this.camera.k, this.size));
    else this.glide(fitted(boundsOf(columns, indexes), this.size, this.margin() + 40));
  }

  isInView(index: number): boolean {
    const [x, y] = this.screen(index);
    return x > 20 && y > 20 && x < this.size.width - 20 && y < this.size.height - 20;
  }

  at(x: number, y: number, reach: number): number {
    return this.columns ? under(this.columns, this.radii, this.camera, x, y, reach) : -1;
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

  /** Where a character is on the stage, in px. */
  screen(index: number): [number, number] {
    return [this.columns!.x[index]! * this.camera.k + this.camera.tx, this.columns!.y[index]! * this.camera.k + this.camera.ty];
  }

  /** Whoever met others most lately, or -1. */
  first(): number {
    return this.rank[0] ?? -1;
  }

  neighbours(index: number): Set<number> {
    return this.columns ? neighboursOf(this.columns, this.ties[index] ?? [], index) : new Set();
  }

  tiesOf(index: number): readonly number[] {
    return this.ties[index] ?? [];
  }

  /** What part of the plane is in view, for the minimap. */
  view(): { left: number; top: number; right: number; bottom: number } {
    const { k, tx, ty } = this.camera;
    return { left: -tx / k, top: -ty / k, right: (this.size.width - tx) / k, bottom: (this.size.height - ty) / k };
  }

  centreOn(x: number, y: number): void {
    this.go(centred(x, y, this.camera.k, this.size));
  }

  private derive(places: Places): void {
    const columns = this.columns!;
    this.back = bondsBack(columns, places);
    this.contact = contacts(columns);
    this.rank = ranked(this.contact);
    this.ties = tiesByCharacter(columns);
    this.telling = tellingTies(columns, this.back);
    this.resizeNodes();
  }

  private resizeNodes(): void {
    const { columns } = this;
    if (!columns) return;
    this.radii = this.contact.map((contact) => radiusOf(contact, columns.ids.length, this.camera.k / this.unit, this.size.width));
  }

  private resized(): void {
    const size = { width: this.stage.clientWidth, height: this.stage.clientHeight };
    if (!size.width || !size.height || (size.width === this.size.width && size.height === this.size.height)) return;
    const before = this.size;
    this.size = size;
    this.sharp = Math.min(2, devicePixelRatio);
    this.pace = new Pace();
    this.resample(this.sharp);
    for (const canvas of [this.edges, this.nodes]) {
      canvas.style.width = `${size.width}px`;
      canvas.style.height = `${size.height}px`;
    }
    if (before.width && this.columns) {
      this.camera = moved(this.camera, (size.width - before.width) / 2, (size.height - before.height) / 2);
      this.unit = fitted(boundsOf(this.columns), size, this.margin()).k;
    } else this.place();
    this.order();
    this.paint();
  }

  private resample(ratio: number): void {
    this.ratio = ratio;
    if (!this.sprites.has(ratio)) this.sprites.set(ratio, new Sprites(ratio));
    this.nodes.width = Math.round(this.size.width * ratio);
    this.nodes.height = Math.round(this.size.height * ratio);
  }

  /** Fewer pixels while it moves and the machine is slow. */
  private keepPace(now: number): void {
    if (!this.pace.isSlowAt(now) || this.sharp === 1) return;
    if (this.ratio !== 1) this.resample(1);
    clearTimeout(this.sharpenTimer);
    this.sharpenTimer = setTimeout(() => {
      this.resample(this.sharp);
      this.paint();
    }, SHARPEN_MS);
  }

  /** The first camera: as the address wishes, else on nearly all: a few far out would make everybody else small. */
  private place(): void {
    if (!this.columns || !this.size.width) return;
    const whole = fitted(boundsOf(this.columns), this.size, this.margin());
    this.unit = whole.k;
    this.camera = (this.wish && read(this.wish, this.size, this.unit)) || fitted(crowdBounds(this.columns), this.size, this.margin());
    this.resizeNodes();
  }

  private margin(): number {
    return this.size.width < 500 ? 28 : 56;
  }

  private glide(to: Camera): void {
    if (this.looks.isStill) return this.go(to);
    this.tween = { from: this.camera, to, began: performance.now() };
    this.invalidate();
  }

  private go(camera: Camera): void {
    this.tween = null;
    this.camera = camera;
    this.moved();
  }

  private moved(): void {
    this.isMoving = true;
    this.resizeNodes();
    this.settle();
    this.orderWhenDue();
    this.invalidate();
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => {
      this.isMoving = false;
      this.invalidate();
      this.studio.rested(written(this.camera, this.size, this.unit));
    }, REST_MS);
  }

  /** Moves the layer that was drawn for another camera to where it belongs now. */
  private settle(): void {
    if (!this.drawn) return;
    const { scale, x, y } = shift(this.drawn, this.camera);
    this.edges.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }

  /** While all moves, the ties that are drawn move along; they are drawn anew when too much is bare, or when it rests. */
  private orderWhenDue(): void {
    clearTimeout(this.orderTimer);
    if (this.drawn) {
      const { scale, x, y } = shift(this.drawn, this.camera);
      const bare = Math.max(Math.abs(x) / this.size.width, Math.abs(y) / this.size.height, Math.abs(Math.log2(scale)));
      if (bare < MOST_BARE) {
        this.orderTimer = setTimeout(() => this.order(), REDRAW_MS);
        return;
      }
    }
    this.order();
  }

  private order(): void {
    if (!this.columns || !this.size.width) return;
    if (this.isBusy) {
      this.isDue = true;
      return;
    }
    this.isBusy = true;
    this.isDue = false;
    this.studio.draw(this.camera, this.size, this.sharp, this.looks.shown, this.looks.palette, MOST_TIES);
  }

  private invalidate(): void {
    this.frame ||= requestAnimationFrame((now) => {
      this.frame = 0;
      this.keepPace(now);
      this.advance();
      this.paint();
    });
  }

  private advance(): void {
    const now = performance.now();
    if (this.tween) {
      const share = Math.min(1, (now - this.tween.began) / TWEEN_MS);
      this.camera = between(this.tween.from, this.tween.to, eased(share), this.size);
      if (share >= 1) this.tween = null;
      this.moved();
    }
    this.pulses = this.pulses.filter(({ began }) => now - began < PULSE_MS);
    for (const [index, began] of this.arrivals) if (now - began >= PULSE_MS) this.arrivals.delete(index);
    if (this.pulses.length || this.arrivals.size) this.invalidate();
  }

  private paint(): void {
    const { columns, pen, size } = this;
    if (!columns || !size.width) return;
    const sprites = this.sprites.get(this.ratio)!;
    const lit = litCharacters(columns, this.ties, this.beam());
    this.edges.style.opacity = lit ? "0.12" : "1";
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.clearRect(0, 0, size.width, size.height);
    if (lit) this.paintTies(columns);
    const now = performance.now();
    const arriving = new Map([...this.arrivals].map(([index, began]) => [index, Math.min(1, (now - began) / PULSE_MS)]));
    drawNodes(pen, { columns, radii: this.radii, camera: this.camera, size, palette: this.looks.palette, sprites, lit, arriving });
    this.paintPulses(now);
    this.paintMarks();
    this.names.paint(pen, sprites, this.named(columns, lit, now));
  }

  private beam(): Beam {
    const { selected, other, way } = this.looks;
    return { hover: this.hover, selected, other, way };
  }

  private named(columns: Columns, lit: ReadonlySet<number> | null, now: number): Named {
    const { size, radii, rank, telling, isMoving, looks } = this;
    const first = [this.hover, looks.selected, looks.other, ...looks.way];
    const isPassing = now - this.hoveredAt < NAMES_MS;
    return { columns, size, palette: looks.palette, radii, rank, telling, first, lit, isMoving, isPassing, screen: (index) => this.screen(index) };
  }

  private paintTies(columns: Columns): void {
    const { pen, camera, looks } = this;
    const shown = (tie: number): boolean => isShown(columns, tie, looks.shown);
    pen.save();
    pen.translate(camera.tx, camera.ty);
    pen.scale(camera.k, camera.k);
    drawTies(pen, columns, this.back, litTies(columns, this.ties, this.beam()).filter(shown), looks.palette, camera.k, 1.6);
    pen.restore();
  }

  private paintPulses(now: number): void {
    for (const { ends, colour, began } of this.pulses) {
      const share = this.looks.isStill ? 0 : Math.min(1, (now - began) / PULSE_MS);
      const [ax, ay] = this.screen(ends[0]);
      const [bx, by] = this.screen(ends[1]);
      this.pen.globalAlpha = 1 - share;
      this.pen.strokeStyle = colour;
      this.pen.lineWidth = 2.5;
      this.pen.beginPath();
      this.pen.moveTo(ax, ay);
      this.pen.lineTo(bx, by);
      this.pen.stroke();
      for (const end of ends) drawRing(this.pen, ...this.screen(end), this.radii[end]! + 3 + share * 14, colour);
    }
    this.pen.globalAlpha = 1;
  }

  private paintMarks(): void {
    const { selected, other, palette, isFocused } = this.looks;
    for (const index of new Set([selected, other, this.hover])) {
      if (index < 0 || !this.columns || index >= this.columns.ids.length) continue;
      const [x, y] = this.screen(index);
      drawRing(this.pen, x, y, this.radii[index]! + 3.5, index === selected || index === other ? palette.accent : palette.muted, isFocused && index === selected ? 3 : 2);
    }
  }
}

function layer(stage: HTMLElement, name: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.className = `layer ${name}`;
  canvas.setAttribute("aria-hidden", "true");
  stage.append(canvas);
  return canvas;
}
