/** The layer of ties: a worker draws it, here it is only moved along with the camera. It is drawn anew when too much of it is bare, or
 * when all rests; one order is on its way at a time. */
import { type Camera, type Size, shift } from "../camera/camera";

const REDRAW_MS = 120;
const MOST_BARE = 0.4;

export class TieLayer {
  private readonly bitmaps: ImageBitmapRenderingContext;
  private drawn: Camera | null = null;
  private isBusy = false;
  private isDue = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    /** Has the ties drawn as they are to be seen now; false where there is nothing to draw yet. */
    private readonly order: () => boolean,
  ) {
    this.bitmaps = canvas.getContext("bitmaprenderer")!;
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  resize({ width, height }: Size): void {
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
  }

  /** Shows what the worker drew for `camera`. */
  took(bitmap: ImageBitmap, camera: Camera, now: Camera): void {
    this.isBusy = false;
    this.bitmaps.transferFromImageBitmap(bitmap);
    this.drawn = camera;
    this.settle(now);
    if (this.isDue) this.redraw();
  }

  redraw(): void {
    this.isDue = this.isBusy;
    if (!this.isBusy) this.isBusy = this.order();
  }

  /** Moves what was drawn for another camera to where it belongs now. */
  follow(camera: Camera, size: Size): void {
    this.settle(camera);
    clearTimeout(this.timer);
    if (this.drawn && bareness(this.drawn, camera, size) < MOST_BARE) this.timer = setTimeout(() => this.redraw(), REDRAW_MS);
    else this.redraw();
  }

  fade(isFaded: boolean): void {
    this.canvas.style.opacity = isFaded ? "0.12" : "1";
  }

  private settle(camera: Camera): void {
    if (!this.drawn) return;
    const { scale, x, y } = shift(this.drawn, camera);
    this.canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }
}

/** How much of the view is without what was drawn, or too coarse for it. */
function bareness(drawn: Camera, now: Camera, size: Size): number {
  const { scale, x, y } = shift(drawn, now);
  return Math.max(Math.abs(x) / size.width, Math.abs(y) / size.height, Math.abs(Math.log2(scale)));
}
