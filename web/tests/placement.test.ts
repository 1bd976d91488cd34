import { describe, expect, test } from "vitest";
import { type Candidate, placeLabels } from "../src/drawing/labels/placement";

const size = { width: 400, height: 300 };
const widthOf = (text: string) => text.length * 7;
const at = (index: number, x: number, y: number, text = `Name ${index}`): Candidate => ({ index, text, x, y, radius: 4 });

describe("placed labels", () => {
  test("are to the right of their mark", () => {
    expect(placeLabels([at(0, 100, 100)], widthOf, size, 9)[0]).toMatchObject({ index: 0, x: 108, y: 100 });
  });

  test("are to the left if the right has no room", () => {
    const [label] = placeLabels([at(0, 395, 100)], widthOf, size, 9);
    expect(label!.x).toBeLessThan(395);
  });

  test("never overlap", () => {
    const crowd = Array.from({ length: 200 }, (_, index) => at(index, 40 + ((index * 37) % 320), 20 + ((index * 53) % 260)));
    const labels = placeLabels(crowd, widthOf, size, 200);
    for (const a of labels)
      for (const b of labels)
        if (a !== b) expect(a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < 16).toBe(false);
    expect(labels.length).toBeGreaterThan(10);
  });

  test("never cover a disc", () => {
    const [label] = placeLabels([at(0, 100, 100)], widthOf, size, 9, [
      { x: 100, y: 100, radius: 4 },
      { x: 130, y: 100, radius: 6 },
    ]);
    expect(label!.x).toBeLessThan(100);
  });

  test("cover a disc if they are required and have no other room", () => {
    const around = [
      [120, 100],
      [80, 100],
      [100, 88],
      [100, 112],
    ].map(([x, y]) => ({ x: x!, y: y!, radius: 8 }));
    expect(placeLabels([at(0, 100, 100)], widthOf, size, 9, around)).toEqual([]);
    expect(placeLabels([{ ...at(0, 100, 100), isRequired: true }], widthOf, size, 9, around)).toHaveLength(1);
  });

  test("are farther away if they have slack and no room near", () => {
    const around = [
      [130, 100],
      [70, 100],
      [100, 86],
      [100, 114],
    ].map(([x, y]) => ({ x: x!, y: y!, radius: 9 }));
    const [label] = placeLabels([{ ...at(0, 100, 100), isRequired: true, slack: 48 }], widthOf, size, 9, around);
    for (const { x, y, radius } of around)
      expect(
        Math.abs(label!.y - y) < 8 + radius * 0.8 && label!.x < x + radius * 0.8 && label!.x + label!.width > x - radius * 0.8,
      ).toBe(false);
  });

  test("are chosen by rank", () => {
    const labels = placeLabels(
      [at(7, 100, 100), at(3, 101, 101), at(5, 100, 102), at(9, 99, 101), at(8, 100, 99)],
      widthOf,
      { width: 200, height: 120 },
      1,
    );
    expect(labels.map(({ index }) => index)).toEqual([7]);
  });

  test("are left out if every place crosses the edge", () => {
    expect(
      placeLabels(
        [at(0, 5, 5, "A name much longer than the whole stage is wide, for certain, beyond doubt")],
        widthOf,
        size,
        9,
      ),
    ).toEqual([]);
  });
});
