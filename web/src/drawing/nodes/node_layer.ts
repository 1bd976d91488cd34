/** The layer of characters and names: a canvas that the page's own thread paints, at a lower resolution while a slow machine
 * moves it. */
import type { Size } from "../camera/camera";
import { FramePacing } from "./frame_pacing";
import { Sprites } from "./sprites";

const SHARPEN_MS = 200;

export class NodeLayer {
  readonly context: CanvasRenderingContext2D;
  /** Device pixels per CSS pixel: `fullRatio` at rest, `ratio` of the present canvas. */
  fullRatio = 1;
  private ratio = 1;
  private size: Size = { width: 0, height: 0 };
  private pacing = new FramePacing();
  private readonly spritesByRatio = new Map<number, Sprites>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly onSharpen: () => void,
  ) {
    this.context = canvas.getContext("2d")!;
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  resize(size: Size): void {
    this.size = size;
    this.fullRatio = Math.min(2, devicePixelRatio);
    this.pacing = new FramePacing();
    this.canvas.style.width = `${size.width}px`;
    this.canvas.style.height = `${size.height}px`;
    this.resample(this.fullRatio);
  }

  /** Call at the start of each frame: lowers the resolution if earlier frames were late, and restores it after the last one. */
  adaptResolution(now: number): void {
    if (!this.pacing.isSlowAt(now) || this.fullRatio === 1) return;
    if (this.ratio !== 1) this.resample(1);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.resample(this.fullRatio);
      this.onSharpen();
    }, SHARPEN_MS);
  }

  clear(): void {
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.clearRect(0, 0, this.size.width, this.size.height);
  }

  get sprites(): Sprites {
    const sprites = this.spritesByRatio.get(this.ratio) ?? new Sprites(this.ratio);
    this.spritesByRatio.set(this.ratio, sprites);
    return sprites;
  }

  private resample(ratio: number): void {
    this.ratio = ratio;
    this.canvas.width = Math.round(this.size.width * ratio);
    this.canvas.height = Math.round(this.size.height * ratio);
  }
}
