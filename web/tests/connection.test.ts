import { describe, expect, test, vi } from "vitest";
import { backoffMs, connection } from "../src/api/connection";

describe("the wait before a reconnection", () => {
  test("doubles up to a limit", () => {
    expect([0, 1, 2, 3].map((attempts) => backoffMs(attempts, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(backoffMs(50, 1)).toBe(15_000);
  });

  test("is spread over its second half", () => {
    expect(backoffMs(2, 0)).toBe(1000);
    expect(backoffMs(2, 0.5)).toBe(1500);
  });

  test("is shared by all callers, and ends at once on retryNow", async () => {
    vi.useFakeTimers();
    const [first, second] = [connection.waitForRetry(), connection.waitForRetry()];
    expect(first).toBe(second);
    expect(connection.state.value.state).toBe("waiting");
    connection.retryNow();
    await first;
    expect(connection.state.value.state).toBe("connecting");
    vi.useRealTimers();
  });

  test("starts at the shortest again after a message of the server", async () => {
    vi.useFakeTimers();
    connection.markAlive();
    expect(connection.state.value).toEqual({ state: "live" });
    void connection.waitForRetry();
    expect(connection.state.value).toMatchObject({ state: "waiting", attempts: 1 });
    await vi.advanceTimersByTimeAsync(500);
    expect(connection.state.value.state).toBe("connecting");
    vi.useRealTimers();
  });
});
