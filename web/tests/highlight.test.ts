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
const beam = (parts: Partial<Highlight>): Highlight => ({ hover: -1, selected: -1, other: -1, path: [], pinned: [], ...parts });
const lit = (parts: Partial<Highlight>) => highlightedCharacters(columns, ties, beam(parts));

describe("the light", () => {
  test("is on all where nobody is chosen", () => {
    expect(lit({})).toBeNull();
    expect(highlightedTies(columns, ties, beam({}))).toEqual([]);
  });

  test("is on the selected one and those it knows, with all their ties", () => {
    expect([...lit({ selected: 0 })!].sort()).toEqual([0, 1]);
    expect(highlightedTies(columns, ties, beam({ selected: 1 }))).toEqual([0, 1, 2, 3]);
  });

  test("follows the pointer before the selection", () => {
    expect([...lit({ selected: 0, hover: 3 })!].sort()).toEqual([2, 3]);
  });

  test("is on two and what is between them, both ways", () => {
    expect([...lit({ selected: 1, other: 2 })!]).toEqual([1, 2]);
    expect(highlightedTies(columns, ties, beam({ selected: 1, other: 2 }))).toEqual([2, 3]);
  });

  test("is on a way, step by step", () => {
    expect([...lit({ selected: 0, other: 3, path: [0, 1, 2, 3] })!]).toEqual([0, 1, 2, 3]);
    expect(highlightedTies(columns, ties, beam({ path: [0, 1, 2, 3] }))).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("the light on those who are pinned", () => {
  test("stays on them and those they know while another is looked at", () => {
    expect([...lit({ pinned: [0], selected: 3 })!].sort()).toEqual([0, 1, 2, 3]);
    expect([...highlightedTies(columns, ties, beam({ pinned: [0], selected: 3 }))].sort()).toEqual([0, 1, 4]);
  });

  test("leaves the others faded where nobody is selected", () => {
    expect([...lit({ pinned: [3] })!].sort()).toEqual([2, 3]);
  });

  test("has each tie once where two who know each other are pinned", () => {
    expect([...highlightedTies(columns, ties, beam({ pinned: [0, 1] }))].sort()).toEqual([0, 1, 2, 3]);
  });
});

describe("the ties that tell most", () => {
  test("are the warmest and the coldest that both sides share", () => {
    expect(findNotableTies(columns, reverseBonds(columns, new NodeIndex(columns))).map(({ text }) => text)).toEqual([
      "Ann and Ben, close friends",
      "Ben and Cid, enemies",
    ]);
  });
});

describe("what part of the plane is shown", () => {
  test("holds all who are there, or those who are asked for", () => {
    expect(boundsOf(columns)).toEqual({ left: -9, top: 0, right: 2, bottom: 9 });
    expect(boundsOf(columns, [0, 1])).toEqual({ left: 0, top: 0, right: 1, bottom: 1 });
    expect(boundsOf(columns, [])).toEqual({ left: -1, top: -1, right: 1, bottom: 1 });
  });

  test("leaves out at first the few who are far out", () => {
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
