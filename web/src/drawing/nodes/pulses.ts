/** What has just happened, for as long as it shows: a tie that changed pulses once with both its ends, a newcomer fades in. */
import { drawRing } from "./nodes";

const SHOWN_MS = 900;
const MOST_PULSES = 40;
const RING_PX = 3;
const SPREAD_PX = 14;

interface Pulse {
  ends: readonly [number, number];
  colour: string;
  began: number;
}

export class News {
  private pulses: Pulse[] = [];
  private readonly came = new Map<number, number>();

  changed(ends: readonly [number, number], colour: string, now: number): void {
    if (this.pulses.length > MOST_PULSES) this.pulses.shift();
    this.pulses.push({ ends, colour, began: now });
  }

  arrived(index: number, now: number): void {
    this.came.set(index, now);
  }

  /** Indexes are of one network. */
  forget(): void {
    this.pulses = [];
    this.came.clear();
  }

  /** Forgets what has been shown; true while something is still to be shown. */
  advance(now: number): boolean {
    this.pulses = this.pulses.filter(({ began }) => now - began < SHOWN_MS);
    for (const [index, began] of this.came) if (now - began >= SHOWN_MS) this.came.delete(index);
    return this.pulses.length > 0 || this.came.size > 0;
  }

  /** Of those who fade in, how far they are, from 0 to 1. */
  arriving(now: number): ReadonlyMap<number, number> {
    return new Map([...this.came].map(([index, began]) => [index, Math.min(1, (now - began) / SHOWN_MS)]));
  }

  /** Where nothing is to move, what changed is lit for the same time instead. */
  paint(
    pen: CanvasRenderingContext2D,
    now: number,
    isStill: boolean,
    radii: Float32Array,
    screen: (index: number) => [number, number],
  ): void {
    for (const { ends, colour, began } of this.pulses) {
      const share = isStill ? 0 : Math.min(1, (now - began) / SHOWN_MS);
      pen.globalAlpha = 1 - share;
      pen.strokeStyle = colour;
      pen.lineWidth = 2.5;
      pen.beginPath();
      pen.moveTo(...screen(ends[0]));
      pen.lineTo(...screen(ends[1]));
      pen.stroke();
      for (const end of ends) drawRing(pen, ...screen(end), radii[end]! + RING_PX + share * SPREAD_PX, colour);
    }
    pen.globalAlpha = 1;
  }
}
