/** The layer of characters and names: a canvas that is painted on the page's own thread, with fewer pixels while a slow machine moves. */
import type { Size } from "../camera/camera";
import { Pace } from "./frame_pacing";
import { Sprites } from "./sprites";

const SHARPEN_MS = 200;

export class NodeLayer {
  readonly pen: CanvasRenderingContext2D;
  /** Device pixels a px: of what rests, and of what is painted now. */
  sharp = 1;
  private ratio = 1;
  private size: Size = { width: 0, height: 0 };
  private pace = new Pace();
  private readonly stamps = new Map<number, Sprites>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly onSharper: () => void,
  ) {
    this.pen = canvas.getContext("2d")!;
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  resize(size: Size): void {
    this.size = size;
    this.sharp = Math.min(2, devicePixelRatio);
    this.pace = new Pace();
    this.canvas.style.width = `${size.width}px`;
    this.canvas.style.height = `${size.height}px`;
    this.resample(this.sharp);
  }

  /** A frame begins: fewer pixels if those before it came late, all of them when it rests. */
  keepPace(now: number): void {
    if (!this.pace.isSlowAt(now) || this.sharp === 1) return;
    if (this.ratio !== 1) this.resample(1);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.resample(this.sharp);
      this.onSharper();
    }, SHARPEN_MS);
  }

  clear(): void {
    this.pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.pen.clearRect(0, 0, this.size.width, this.size.height);
  }

  get sprites(): Sprites {
    const sprites = this.stamps.get(this.ratio) ?? new Sprites(this.ratio);
    this.stamps.set(this.ratio, sprites);
    return sprites;
  }

  private resample(ratio: number): void {
    this.ratio = ratio;
    this.canvas.width = Math.round(this.size.width * ratio);
    this.canvas.height = Math.round(this.size.height * ratio);
  }
}
