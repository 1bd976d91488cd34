import { describe, expect, it } from "vitest";
import { FramePacing } from "../src/drawing/nodes/frame_pacing";

/** What the last of frames with these milliseconds between them is said to be. */
function isSlowAfter(...gaps: number[]): boolean {
  const pace = new FramePacing();
  let now = 1_000;
  let isSlow = pace.isSlowAt(now);
  for (const gap of gaps) {
    now += gap;
    isSlow = pace.isSlowAt(now);
  }
  return isSlow;
}

const even = (count: number): number[] => Array.from({ length: count }, () => 16.7);

describe("the pace of a picture", () => {
  it("is good where frames come in time", () => expect(isSlowAfter(...even(300))).toBe(false));
  it("is good where one is late now and then", () =>
    expect(isSlowAfter(...Array.from({ length: 20 }, () => [33, ...even(9)]).flat())).toBe(false));
  it("is slow where many are late", () => expect(isSlowAfter(33, 33, 16.7, 33, 33, 33)).toBe(true));
  it("does not count the time in which nothing moved", () =>
    expect(isSlowAfter(...Array.from({ length: 20 }, () => 400))).toBe(false));
  it("stays slow, so that the next gesture begins as the last one ended", () =>
    expect(isSlowAfter(33, 33, 33, 33, 400, ...even(50))).toBe(true));
});
