/** Gestures on the picture: drag moves it, pinch and wheel zoom at the pointer, a press selects. */
import type { Picture } from "../picture";

const DRAG_MIN_PX = 5;
const REACH_MOUSE_PX = 6;
const REACH_FINGER_PX = 18;

export class Gestures {
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private readonly listeners = new AbortController();
  private distance = 0;

  constructor(
    private readonly stage: HTMLElement,
    private readonly picture: Picture,
    private readonly onSelect: (index: number) => void,
  ) {
    const { signal } = this.listeners;
    stage.addEventListener("pointerdown", (event) => this.down(event), { signal });
    stage.addEventListener("pointermove", (event) => this.move(event), { signal });
    stage.addEventListener("pointerup", (event) => this.up(event), { signal });
    stage.addEventListener("pointercancel", (event) => this.pointers.delete(event.pointerId), { signal });
    stage.addEventListener("pointerleave", () => this.picture.pointAt(-1, -1, 0), { signal });
    stage.addEventListener("wheel", (event) => this.wheel(event), { signal, passive: false });
  }

  dispose(): void {
    this.listeners.abort();
  }

  private down(event: PointerEvent): void {
    this.stage.setPointerCapture(event.pointerId);
    if (!this.pointers.size) this.distance = 0;
    this.pointers.set(event.pointerId, this.positionOf(event));
  }

  private move(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    const now = this.positionOf(event);
    if (!before) {
      if (event.pointerType === "mouse") this.picture.pointAt(now.x, now.y, REACH_MOUSE_PX);
      return;
    }
    this.distance += Math.hypot(now.x - before.x, now.y - before.y);
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, now);
    if (other) this.pinch(before, now, other);
    else if (this.distance > DRAG_MIN_PX) this.picture.pan(now.x - before.x, now.y - before.y);
  }

  private pinch(before: { x: number; y: number }, now: { x: number; y: number }, other: { x: number; y: number }): void {
    const factor =
      Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    this.picture.zoom(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
    this.picture.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  }

  private up(event: PointerEvent): void {
    const at = this.pointers.get(event.pointerId);
    this.pointers.delete(event.pointerId);
    if (!at || this.distance > DRAG_MIN_PX || this.pointers.size) return;
    this.onSelect(this.picture.characterAt(at.x, at.y, event.pointerType === "mouse" ? REACH_MOUSE_PX : REACH_FINGER_PX));
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const { x, y } = this.positionOf(event);
    const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    this.picture.zoom(Math.exp(-Math.max(-240, Math.min(240, pixels)) * (event.ctrlKey ? 0.01 : 0.0016)), x, y);
  }

  private positionOf(event: MouseEvent): { x: number; y: number } {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}
