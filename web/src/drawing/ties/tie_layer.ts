/** The layer of ties. The worker draws it as a bitmap; this moves the bitmap with the camera. It requests a new one when too
 * much of the view is uncovered or when the camera rests; one request is open at a time. */
import { type Camera, layerTransform, type Size } from "../camera/camera";

const REDRAW_MS = 120;
const UNCOVERED_MAX = 0.4;

export class TieLayer {
  private readonly bitmaps: ImageBitmapRenderingContext;
  private drawnCamera: Camera | null = null;
  private isDrawing = false;
  private isStale = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    /** Requests the ties for the present view; returns false if there is nothing to draw yet. */
    private readonly requestDraw: () => boolean,
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

  /** Shows the bitmap that the worker drew for `camera`. */
  showBitmap(bitmap: ImageBitmap, camera: Camera, now: Camera): void {
    this.isDrawing = false;
    this.bitmaps.transferFromImageBitmap(bitmap);
    this.drawnCamera = camera;
    this.transform(now);
    if (this.isStale) this.redraw();
  }

  redraw(): void {
    this.isStale = this.isDrawing;
    if (!this.isDrawing) this.isDrawing = this.requestDraw();
  }

  /** Moves the present bitmap to where it belongs under `camera`. */
  moveTo(camera: Camera, size: Size): void {
    this.transform(camera);
    clearTimeout(this.timer);
    if (this.drawnCamera && uncoveredShare(this.drawnCamera, camera, size) < UNCOVERED_MAX)
      this.timer = setTimeout(() => this.redraw(), REDRAW_MS);
    else this.redraw();
  }

  setFaded(isFaded: boolean): void {
    this.canvas.style.opacity = isFaded ? "0.12" : "1";
  }

  private transform(camera: Camera): void {
    if (!this.drawnCamera) return;
    const { scale, x, y } = layerTransform(this.drawnCamera, camera);
    this.canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }
}

/** The share of the view that the bitmap does not cover; also grows with the difference of scale, since a scaled bitmap is
 * coarse. */
function uncoveredShare(drawn: Camera, now: Camera, size: Size): number {
  const { scale, x, y } = layerTransform(drawn, now);
  return Math.max(Math.abs(x) / size.width, Math.abs(y) / size.height, Math.abs(Math.log2(scale)));
}
