/** The world's clock, run on here from what the server said last. */
import { signal } from "@preact/signals";

interface ClockReading {
  worldSeconds: number;
  rate: number;
  /** Wall milliseconds at which `worldSeconds` was true. */
  at: number;
}

const reading = signal<ClockReading | null>(null);
/** Ticks once a second while somebody looks, so that what shows a time is drawn anew. */
const tick = signal(0);

export function setClock(clock: { worldSeconds: number; rate: number }, at = Date.now()): void {
  reading.value = { ...clock, at };
}

export function currentRate(): number {
  return reading.value?.rate ?? 0;
}

function worldSecondsAt(clock: ClockReading, now: number): number {
  return clock.worldSeconds + ((now - clock.at) / 1000) * clock.rate;
}

/** World time now; null before the server has said it. */
export function currentWorldSeconds(): number | null {
  void tick.value;
  return reading.value && worldSecondsAt(reading.value, Date.now());
}

export function startClock(): void {
  setInterval(() => {
    if (document.visibilityState === "visible") tick.value++;
  }, 1000);
}
