/** The state of the connection that all subscriptions use, and the wait before each attempt to reconnect. */
import { signal } from "@preact/signals";

export type ConnectionState =
  | { state: "idle" }
  | { state: "connecting" }
  | { state: "live" }
  | { state: "waiting"; attempts: number; until: number };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** Milliseconds to wait; doubles with each attempt up to a limit. `draw`, a random number in [0, 1), spreads clients that
 * lost their connection together over the second half. */
export function backoffMs(attempts: number, draw: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 10));
  return full / 2 + (full / 2) * draw;
}

class Connection {
  readonly state = signal<ConnectionState>({ state: "idle" });
  /** Time in milliseconds of the last message from the server; 0 before the first. */
  readonly lastMessageAt = signal(0);
  private attempts = 0;
  private waiting: Promise<void> | undefined;
  private endWait: (() => void) | undefined;

  /** Ends the present wait when the network returns or the tab becomes visible. */
  start(): void {
    addEventListener("online", this.retryNow);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.retryNow());
  }

  /** Marks the first attempt to connect. Later ones are marked when their wait ends. */
  markConnecting(): void {
    if (this.state.value.state === "idle") this.state.value = { state: "connecting" };
  }

  /** Marks that the server sent a message. */
  markAlive(): void {
    this.attempts = 0;
    this.lastMessageAt.value = Date.now();
    if (this.state.value.state !== "live") this.state.value = { state: "live" };
  }

  /** Resolves when it is time to try again; all callers share one wait. */
  waitForRetry(): Promise<void> {
    this.waiting ??= new Promise<void>((resolve) => {
      const wait = backoffMs(this.attempts++, Math.random());
      this.state.value = { state: "waiting", attempts: this.attempts, until: Date.now() + wait };
      this.endWait = (): void => {
        clearTimeout(timer);
        this.waiting = this.endWait = undefined;
        this.state.value = { state: "connecting" };
        resolve();
      };
      const timer = setTimeout(this.endWait, wait);
    });
    return this.waiting;
  }

  readonly retryNow = (): void => this.endWait?.();
}

export const connection = new Connection();
