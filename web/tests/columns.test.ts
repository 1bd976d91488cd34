import { describe, expect, test } from "vitest";
import {
  applyDelta,
  contactSums,
  type Delta,
  type NetworkResult,
  NodeIndex,
  rankDescending,
  reverseBonds,
  toColumns,
} from "../src/drawing/network/columns";

function networkResult(): NetworkResult {
  return {
    characters: {
      characterId: ["v", "j", "c"],
      name: ["Valjean", "Javert", "Cosette"],
      x: [0, 1, -1],
      y: [0, 0, 1],
      energy: [1, 0.5, 0.2],
      isActive: [true, true, false],
    },
    relationships: {
      from: [0, 1, 0],
      to: [1, 0, 2],
      bond: [-0.5, -0.7, 0.9],
      trust: [0.1, 0.1, 0.8],
      contact: [2, 2, 5],
      stage: ["RIVAL", "ENEMY", "CLOSE_FRIEND"],
    },
  };
}

function delta(parts: Partial<Delta>): Delta {
  return { places: [], characters: [], relationships: [], removedCharacterIds: [], ...parts };
}

describe("the columns of a network", () => {
  test("hold the query's result by index", () => {
    const columns = toColumns(networkResult());
    expect(columns.names).toEqual(["Valjean", "Javert", "Cosette"]);
    expect([...columns.isActive]).toEqual([1, 1, 0]);
    expect([...columns.stage]).toEqual([4, 5, 3]);
  });

  test("find characters by id and ties by their ends, in their direction", () => {
    const nodeIndex = new NodeIndex(toColumns(networkResult()));
    expect(nodeIndex.characterIndex("c")).toBe(2);
    expect(nodeIndex.characterIndex("unknown")).toBe(-1);
    expect(nodeIndex.tieIndex(0, 2)).toBe(2);
    expect(nodeIndex.tieIndex(2, 0)).toBe(-1);
  });

  test("give each tie the bond of its reverse", () => {
    const columns = toColumns(networkResult());
    const reverse = reverseBonds(columns, new NodeIndex(columns));
    expect(reverse[0]).toBeCloseTo(-0.7);
    expect(reverse[2]).toBe(0);
  });

  test("rank characters by recent contact, descending", () => {
    expect([...rankDescending(contactSums(toColumns(networkResult())))]).toEqual([0, 2, 1]);
  });
});

describe("a delta of the network", () => {
  test("moves no character that is there already", () => {
    const columns = toColumns(networkResult());
    const nodeIndex = new NodeIndex(columns);
    const { columns: next } = applyDelta(
      columns,
      nodeIndex,
      delta({
        places: [{ characterId: "v", x: 9, y: 9 }],
        characters: [{ id: "v", name: "Valjean", energy: 0.4, isActive: true }],
      }),
    );
    expect(next.x[0]).toBe(0);
    expect(next.energy[0]).toBeCloseTo(0.4);
  });

  test("places a new character where the server put it, and keeps all indexes", () => {
    const columns = toColumns(networkResult());
    const nodeIndex = new NodeIndex(columns);
    const change = applyDelta(
      columns,
      nodeIndex,
      delta({
        places: [{ characterId: "m", x: 0.25, y: -0.5 }],
        characters: [{ id: "m", name: "Marius", energy: 1, isActive: true }],
        relationships: [{ bond: 0.3, trust: 0.4, contact: 1, stage: "FRIEND", from: { id: "m" }, to: { id: "c" } }],
      }),
    );
    expect(change.columns.ids).toEqual(["v", "j", "c", "m"]);
    expect([change.columns.x[3], change.columns.y[3]]).toEqual([0.25, -0.5]);
    expect(change.characters).toEqual([3]);
    expect(change.ties).toEqual([3]);
    expect(nodeIndex.tieIndex(3, 2)).toBe(3);
    expect(change.columns.bond[0]).toBe(-0.5);
  });

  test("changes a known tie in place", () => {
    const columns = toColumns(networkResult());
    const change = applyDelta(
      columns,
      new NodeIndex(columns),
      delta({
        relationships: [{ bond: 0.1, trust: 0.5, contact: 3, stage: "ACQUAINTANCE", from: { id: "v" }, to: { id: "j" } }],
      }),
    );
    expect(change.columns).toBe(columns);
    expect(change.ties).toEqual([0]);
    expect(columns.bond[0]).toBeCloseTo(0.1);
    expect(columns.stage[0]).toBe(1);
  });

  test("keeps removed characters in the columns, marked as removed", () => {
    const columns = toColumns(networkResult());
    const { columns: next } = applyDelta(columns, new NodeIndex(columns), delta({ removedCharacterIds: ["j", "unknown"] }));
    expect([...next.isRemoved]).toEqual([0, 1, 0]);
    expect(next.ids).toHaveLength(3);
  });

  test("ignores ties to unknown characters", () => {
    const columns = toColumns(networkResult());
    const change = applyDelta(
      columns,
      new NodeIndex(columns),
      delta({ relationships: [{ bond: 1, trust: 1, contact: 1, stage: "FRIEND", from: { id: "v" }, to: { id: "stranger" } }] }),
    );
    expect(change.columns.from).toHaveLength(3);
    expect(change.ties).toEqual([]);
  });

  test("with the same new tie twice adds it once, with its last values", () => {
    const columns = toColumns(networkResult());
    const tie = { trust: 0.5, contact: 1, stage: "FRIEND" as const, from: { id: "c" }, to: { id: "v" } };
    const change = applyDelta(
      columns,
      new NodeIndex(columns),
      delta({
        relationships: [
          { ...tie, bond: 0.1 },
          { ...tie, bond: 0.2 },
        ],
      }),
    );
    expect(change.columns.from).toHaveLength(4);
    expect(change.columns.bond[3]).toBeCloseTo(0.2);
  });
});
