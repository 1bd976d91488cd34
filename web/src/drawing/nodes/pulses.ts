/** Animations of recent changes: a changed tie pulses once with both its ends, and a new character fades in. */
import { drawRing } from "./nodes";

const DURATION_MS = 900;
const PULSES_MAX = 40;
const RING_PX = 3;
const SPREAD_PX = 14;

interface Pulse {
  ends: readonly [number, number];
  colour: string;
  began: number;
}

export class Pulses {
  private pulses: Pulse[] = [];
  private readonly fadeInStarts = new Map<number, number>();

  addPulse(ends: readonly [number, number], colour: string, now: number): void {
    if (this.pulses.length > PULSES_MAX) this.pulses.shift();
    this.pulses.push({ ends, colour, began: now });
  }

  addFadeIn(index: number, now: number): void {
    this.fadeInStarts.set(index, now);
  }

  /** Removes all, because indexes belong to one network. */
  clear(): void {
    this.pulses = [];
    this.fadeInStarts.clear();
  }

  /** Removes animations that have ended; returns whether any remain. */
  advance(now: number): boolean {
    this.pulses = this.pulses.filter(({ began }) => now - began < DURATION_MS);
    for (const [index, began] of this.fadeInStarts) if (now - began >= DURATION_MS) this.fadeInStarts.delete(index);
    return this.pulses.length > 0 || this.fadeInStarts.size > 0;
  }

  /** The progress of each character that fades in, from 0 to 1. */
  fadeIns(now: number): ReadonlyMap<number, number> {
    return new Map([...this.fadeInStarts].map(([index, began]) => [index, Math.min(1, (now - began) / DURATION_MS)]));
  }

  /** With reduced motion, a changed tie is marked for the same time without movement. */
  draw(
    context: CanvasRenderingContext2D,
    now: number,
    isInstant: boolean,
    radii: Float32Array,
    screen: (index: number) => [number, number],
  ): void {
    for (const { ends, colour, began } of this.pulses) {
      const share = isInstant ? 0 : Math.min(1, (now - began) / DURATION_MS);
      context.globalAlpha = 1 - share;
      context.strokeStyle = colour;
      context.lineWidth = 2.5;
      context.beginPath();
      context.moveTo(...screen(ends[0]));
      context.lineTo(...screen(ends[1]));
      context.stroke();
      for (const end of ends) drawRing(context, ...screen(end), radii[end]! + RING_PX + share * SPREAD_PX, colour);
    }
    context.globalAlpha = 1;
  }
}
