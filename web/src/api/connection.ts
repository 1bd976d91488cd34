/** Whether news arrive: live, reconnecting in so many seconds, or stale. Everybody who waits for the server waits here. */
import { signal } from "@preact/signals";

export type Connection =
  | { state: "quiet" }
  | { state: "connecting" }
  | { state: "live" }
  | { state: "waiting"; tries: number; until: number }
  | { state: "closed"; explanation: string };

export const connection = signal<Connection>({ state: "quiet" });
export const lastHeardAt = signal<number>(0);

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** Doubles up to a cap; `draw` in [0,1) spreads those who were cut off together over the second half. */
export function waitMs(tries: number, draw: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10));
  return full / 2 + (full / 2) * draw;
}

let wake: (() => void) | undefined;

/** Ends the present wait at once: the banner's "now", the network coming back, the tab being looked at. */
export function tryNow(): void {
  wake?.();
}

let waiting: Promise<void> | undefined;
let tries = 0;

export function heard(): void {
  tries = 0;
  lastHeardAt.value = Date.now();
  if (connection.value.state !== "live") connection.value = { state: "live" };
}

/** Resolves when it is time to try again; all who call meanwhile share one wait. */
export function turn(): Promise<void> {
  waiting ??= new Promise<void>((resolve) => {
    const wait = waitMs(tries++, Math.random());
    connection.value = { state: "waiting", tries, until: Date.now() + wait };
    const done = (): void => {
      clearTimeout(timer);
      waiting = undefined;
      wake = undefined;
      connection.value = { state: "connecting" };
      resolve();
    };
    const timer = setTimeout(done, wait);
    wake = done;
  });
  return waiting;
}

export function listenForReasonsToTry(): void {
  addEventListener("online", tryNow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tryNow());
}
