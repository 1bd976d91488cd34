/** The clock of the open world. It runs on from the last reading that the server sent. */
import { signal } from "@preact/signals";

interface ClockReading {
  worldSeconds: number;
  rate: number;
  /** Date.now() at the moment of the reading. */
  at: number;
}

const reading = signal<ClockReading | null>(null);
/** Increases once a second while the tab is visible, so that texts with a time are rendered again. */
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

/** World seconds now; null before the first reading. */
export function currentWorldSeconds(): number | null {
  void tick.value;
  return reading.value && worldSecondsAt(reading.value, Date.now());
}

export function startClock(): void {
  setInterval(() => {
    if (document.visibilityState === "visible") tick.value++;
  }, 1000);
}
