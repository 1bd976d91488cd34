import { describe, expect, it } from "vitest";
import { FramePacing } from "../src/drawing/nodes/frame_pacing";

/** Whether the last frame is slow, after frames with these milliseconds between them. */
function isSlowAfter(...gaps: number[]): boolean {
  const pacing = new FramePacing();
  let now = 1_000;
  let isSlow = pacing.isSlowAt(now);
  for (const gap of gaps) {
    now += gap;
    isSlow = pacing.isSlowAt(now);
  }
  return isSlow;
}

const even = (count: number): number[] => Array.from({ length: count }, () => 16.7);

describe("the pacing of frames", () => {
  it("is fast while frames are in time", () => expect(isSlowAfter(...even(300))).toBe(false));
  it("is fast while few frames are late", () =>
    expect(isSlowAfter(...Array.from({ length: 20 }, () => [33, ...even(9)]).flat())).toBe(false));
  it("is slow when many frames are late", () => expect(isSlowAfter(33, 33, 16.7, 33, 33, 33)).toBe(true));
  it("ignores pauses in which nothing moves", () => expect(isSlowAfter(...Array.from({ length: 20 }, () => 400))).toBe(false));
  it("stays slow for the next gesture", () => expect(isSlowAfter(33, 33, 33, 33, 400, ...even(50))).toBe(true));
});
