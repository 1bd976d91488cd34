import { describe, expect, test, vi } from "vitest";
import { connection, heard, tryNow, turn, waitMs } from "../src/api/connection";

describe("waiting for the server", () => {
  test("doubles up to a cap", () => {
    expect([0, 1, 2, 3].map((tries) => waitMs(tries, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(waitMs(50, 1)).toBe(15_000);
  });

  test("is spread over the second half, so that all do not come at once", () => {
    expect(waitMs(2, 0)).toBe(1000);
    expect(waitMs(2, 0.5)).toBe(1500);
  });

  test("is shared by all who wait, and ends at once when asked", async () => {
    vi.useFakeTimers();
    const [first, second] = [turn(), turn()];
    expect(first).toBe(second);
    expect(connection.value.state).toBe("waiting");
    tryNow();
    await first;
    expect(connection.value.state).toBe("connecting");
    vi.useRealTimers();
  });

  test("begins anew once the server was heard", async () => {
    vi.useFakeTimers();
    heard();
    expect(connection.value).toEqual({ state: "live" });
    void turn();
    expect(connection.value).toMatchObject({ state: "waiting", tries: 1 });
    await vi.advanceTimersByTimeAsync(500);
    expect(connection.value.state).toBe("connecting");
    vi.useRealTimers();
  });
});
