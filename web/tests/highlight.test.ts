import { describe, expect, test } from "vitest";
import { boundsOf, boundsWithoutOutliers } from "../src/drawing/camera/bounds";
import { type Highlight, highlightedCharacters, highlightedTies } from "../src/drawing/highlight";
import { tiesByCharacter } from "../src/drawing/network/adjacency";
import { NodeIndex, reverseBonds, toColumns } from "../src/drawing/network/columns";
import { findNotableTies } from "../src/drawing/network/notable_ties";

const columns = toColumns({
  characters: {
    characterId: ["a", "b", "c", "d"],
    name: ["Ann", "Ben", "Cid", "Dot"],
    x: [0, 1, 2, -9],
    y: [0, 1, 0, 9],
    energy: [1, 1, 1, 1],
    isActive: [true, true, true, true],
  },
  relationships: {
    from: [0, 1, 1, 2, 2],
    to: [1, 0, 2, 1, 3],
    bond: [0.9, 0.7, -0.6, -0.8, 0.95],
    trust: [1, 1, 0, 0, 1],
    contact: [1, 1, 1, 1, 1],
    stage: ["CLOSE_FRIEND", "CLOSE_FRIEND", "ENEMY", "ENEMY", "FRIEND"],
  },
});
const ties = tiesByCharacter(columns);
const highlight = (parts: Partial<Highlight>): Highlight => ({
  hover: -1,
  selected: -1,
  other: -1,
  path: [],
  pinned: [],
  ...parts,
});
const highlightedSet = (parts: Partial<Highlight>) => highlightedCharacters(columns, ties, highlight(parts));

describe("the highlight", () => {
  test("is absent without a selection", () => {
    expect(highlightedSet({})).toBeNull();
    expect(highlightedTies(columns, ties, highlight({}))).toEqual([]);
  });

  test("contains the selected character, its neighbours and its ties", () => {
    expect([...highlightedSet({ selected: 0 })!].sort()).toEqual([0, 1]);
    expect(highlightedTies(columns, ties, highlight({ selected: 1 }))).toEqual([0, 1, 2, 3]);
  });

  test("prefers the hovered character to the selected one", () => {
    expect([...highlightedSet({ selected: 0, hover: 3 })!].sort()).toEqual([2, 3]);
  });

  test("contains two characters and the ties between them in both directions", () => {
    expect([...highlightedSet({ selected: 1, other: 2 })!]).toEqual([1, 2]);
    expect(highlightedTies(columns, ties, highlight({ selected: 1, other: 2 }))).toEqual([2, 3]);
  });

  test("contains the characters and ties of a path", () => {
    expect([...highlightedSet({ selected: 0, other: 3, path: [0, 1, 2, 3] })!]).toEqual([0, 1, 2, 3]);
    expect(highlightedTies(columns, ties, highlight({ path: [0, 1, 2, 3] }))).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("the highlight of pinned characters", () => {
  test("contains them and their neighbours while another character is selected", () => {
    expect([...highlightedSet({ pinned: [0], selected: 3 })!].sort()).toEqual([0, 1, 2, 3]);
    expect([...highlightedTies(columns, ties, highlight({ pinned: [0], selected: 3 }))].sort()).toEqual([0, 1, 4]);
  });

  test("fades the others without a selection", () => {
    expect([...highlightedSet({ pinned: [3] })!].sort()).toEqual([2, 3]);
  });

  test("contains a tie once when both of its ends are pinned", () => {
    expect([...highlightedTies(columns, ties, highlight({ pinned: [0, 1] }))].sort()).toEqual([0, 1, 2, 3]);
  });
});

describe("the notable ties", () => {
  test("are the strongest positive and negative ties that both sides feel", () => {
    expect(findNotableTies(columns, reverseBonds(columns, new NodeIndex(columns))).map(({ text }) => text)).toEqual([
      "Ann and Ben, close friends",
      "Ben and Cid, enemies",
    ]);
  });
});

describe("the bounds of a network", () => {
  test("contain all characters, or the given ones", () => {
    expect(boundsOf(columns)).toEqual({ left: -9, top: 0, right: 2, bottom: 9 });
    expect(boundsOf(columns, [0, 1])).toEqual({ left: 0, top: 0, right: 1, bottom: 1 });
    expect(boundsOf(columns, [])).toEqual({ left: -1, top: -1, right: 1, bottom: 1 });
  });

  test("leave outliers out on request", () => {
    const size = 100;
    const crowd = toColumns({
      characters: {
        characterId: Array.from({ length: size }, String),
        name: Array(size).fill("x"),
        x: Array.from({ length: size }, (_, at) => (at === 0 ? -50 : at / size)),
        y: Array(size).fill(0),
        energy: Array(size).fill(1),
        isActive: Array(size).fill(true),
      },
      relationships: { from: [], to: [], bond: [], trust: [], contact: [], stage: [] },
    });
    expect(boundsWithoutOutliers(crowd).left).toBeGreaterThan(0);
    expect(boundsOf(crowd).left).toBe(-50);
  });
});
