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

function served(): NetworkResult {
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
  test("hold what was served, by index", () => {
    const columns = toColumns(served());
    expect(columns.names).toEqual(["Valjean", "Javert", "Cosette"]);
    expect([...columns.isActive]).toEqual([1, 1, 0]);
    expect([...columns.stage]).toEqual([4, 5, 3]);
  });

  test("find characters by id and ties by their ends, in their direction", () => {
    const places = new NodeIndex(toColumns(served()));
    expect(places.characterIndex("c")).toBe(2);
    expect(places.characterIndex("nobody")).toBe(-1);
    expect(places.tieIndex(0, 2)).toBe(2);
    expect(places.tieIndex(2, 0)).toBe(-1);
  });

  test("know of each tie what comes back", () => {
    const columns = toColumns(served());
    const back = reverseBonds(columns, new NodeIndex(columns));
    expect(back[0]).toBeCloseTo(-0.7);
    expect(back[2]).toBe(0);
  });

  test("rank whoever met others most first", () => {
    expect([...rankDescending(contactSums(toColumns(served())))]).toEqual([0, 2, 1]);
  });
});

describe("a change of the network", () => {
  test("moves nobody who is there already", () => {
    const columns = toColumns(served());
    const places = new NodeIndex(columns);
    const { columns: next } = applyDelta(
      columns,
      places,
      delta({
        places: [{ characterId: "v", x: 9, y: 9 }],
        characters: [{ id: "v", name: "Valjean", energy: 0.4, isActive: true }],
      }),
    );
    expect(next.x[0]).toBe(0);
    expect(next.energy[0]).toBeCloseTo(0.4);
  });

  test("seats a newcomer where the server put it, and keeps all indexes", () => {
    const columns = toColumns(served());
    const places = new NodeIndex(columns);
    const change = applyDelta(
      columns,
      places,
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
    expect(places.tieIndex(3, 2)).toBe(3);
    expect(change.columns.bond[0]).toBe(-0.5);
  });

  test("changes a known tie in place", () => {
    const columns = toColumns(served());
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

  test("leaves those who go in their columns, marked as gone", () => {
    const columns = toColumns(served());
    const { columns: next } = applyDelta(columns, new NodeIndex(columns), delta({ removedCharacterIds: ["j", "unknown"] }));
    expect([...next.isRemoved]).toEqual([0, 1, 0]);
    expect(next.ids).toHaveLength(3);
  });

  test("drops ties to those whom it does not know", () => {
    const columns = toColumns(served());
    const change = applyDelta(
      columns,
      new NodeIndex(columns),
      delta({ relationships: [{ bond: 1, trust: 1, contact: 1, stage: "FRIEND", from: { id: "v" }, to: { id: "stranger" } }] }),
    );
    expect(change.columns.from).toHaveLength(3);
    expect(change.ties).toEqual([]);
  });

  test("that names the same new tie twice adds it once, as it was last", () => {
    const columns = toColumns(served());
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
