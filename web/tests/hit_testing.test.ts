import { describe, expect, test } from "vitest";
import { neighboursOf, shortestPath, tiesByCharacter } from "../src/drawing/network/adjacency";
import { toColumns } from "../src/drawing/network/columns";
import { characterAt, nearestInDirection } from "../src/drawing/network/hit_testing";

const columns = toColumns({
  characters: {
    characterId: ["a", "b", "c", "d", "e"],
    name: ["A", "B", "C", "D", "E"],
    x: [0, 1, 2, 0, -3],
    y: [0, 0, 0, 1, 0],
    energy: [1, 1, 1, 1, 1],
    isActive: [true, true, true, true, true],
  },
  relationships: {
    from: [0, 1, 2, 3],
    to: [1, 2, 3, 0],
    bond: [1, 1, 1, 1],
    trust: [1, 1, 1, 1],
    contact: [1, 1, 1, 1],
    stage: ["FRIEND", "FRIEND", "FRIEND", "FRIEND"],
  },
});
const ties = tiesByCharacter(columns);
const camera = { k: 100, tx: 0, ty: 0 };
const radii = new Float32Array(5).fill(5);

describe("finding characters of the picture", () => {
  test("returns the nearest within reach of the pointer", () => {
    expect(characterAt(columns, radii, camera, 103, 2, 6)).toBe(1);
    expect(characterAt(columns, radii, camera, 150, 50, 6)).toBe(-1);
  });

  test("returns the neighbours over ties of either direction", () => {
    expect([...neighboursOf(columns, ties[0]!, 0)].sort()).toEqual([0, 1, 3]);
  });

  test("returns the nearest character in a direction", () => {
    const all = columns.ids.keys();
    expect(nearestInDirection(columns, 0, [1, 2, 3], "right")).toBe(1);
    expect(nearestInDirection(columns, 0, [1, 2, 3], "down")).toBe(3);
    expect(nearestInDirection(columns, 0, all, "left")).toBe(4);
    expect(nearestInDirection(columns, 0, [1, 2, 3], "up")).toBe(-1);
  });

  test("skips removed characters", () => {
    const without = { ...columns, isRemoved: Uint8Array.from([0, 1, 0, 0, 0]) };
    expect(nearestInDirection(without, 0, [1, 2], "right")).toBe(2);
    expect(characterAt(without, radii, camera, 100, 0, 6)).toBe(-1);
  });

  test("finds the shortest path over ties, or null", () => {
    expect(shortestPath(columns, ties, 0, 2)).toHaveLength(3);
    expect(shortestPath(columns, ties, 0, 0)).toEqual([0]);
    expect(shortestPath(columns, ties, 0, 4)).toBeNull();
  });
});
