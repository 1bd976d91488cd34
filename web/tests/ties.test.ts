import { describe, expect, test } from "vitest";
import { type Columns, NodeIndex, rankDescending, reverseBonds, toColumns } from "../src/drawing/network/columns";
import { DARK, LIGHT } from "../src/drawing/palette";
import { ALL_STAGES, drawTies, matchesFilter, STYLE_COUNT, styleIndex, styleOf, visibleTies } from "../src/drawing/ties/ties";

const look = (bond: number, back = 0, trust = 0.5, contact = 1) => styleOf(styleIndex(bond, back, trust, contact), DARK);

function columns(): Columns {
  return toColumns({
    characters: {
      characterId: ["a", "b", "c"],
      name: ["A", "B", "C"],
      x: [0, 1, 5],
      y: [0, 0, 5],
      energy: [1, 1, 1],
      isActive: [true, true, true],
    },
    relationships: {
      from: [0, 1, 0],
      to: [1, 0, 2],
      bond: [0.5, 0.4, -0.8],
      trust: [0.5, 0.5, 0.1],
      contact: [1, 1, 3],
      stage: ["FRIEND", "FRIEND", "ENEMY"],
    },
  });
}

describe("the style of a tie", () => {
  test("is warm for a positive bond, cold for a negative, grey for a neutral one", () => {
    expect(look(0.5).stroke).toBe(DARK.warm);
    expect(look(-0.5).stroke).toBe(DARK.cold);
    expect(look(0.01).stroke).toBe(DARK.even);
  });

  test("is paler if the bond is not returned", () => {
    expect(look(0.5, 0.5).opacity).toBeGreaterThan(look(0.5, -0.5).opacity);
    expect(look(-0.5, -0.5).opacity).toBeGreaterThan(look(-0.5, 0).opacity);
  });

  test("is wider the stronger the bond, of either sign", () => {
    const widths = [0.05, 0.2, 0.5, 0.9].map((bond) => look(bond).width);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(look(-0.9).width).toBe(look(0.9).width);
  });

  test("is dashed for low trust", () => {
    expect(look(0.5, 0, 0.1).isDashed).toBe(true);
    expect(look(0.5, 0, 0.5).isDashed).toBe(false);
  });

  test("is fainter for less contact", () => {
    expect(look(0.5, 0, 0.5, 0.1).opacity).toBeLessThan(look(0.5, 0, 0.5, 5).opacity);
  });

  test("has an index of its own for every combination, within bounds", () => {
    const buckets = new Set<number>();
    for (const bond of [-0.9, -0.5, -0.2, -0.1, 0, 0.1, 0.2, 0.5, 0.9])
      for (const back of [-1, 0, 1])
        for (const trust of [0.1, 0.9]) for (const contact of [0, 1, 4]) buckets.add(styleIndex(bond, back, trust, contact));
    expect(Math.max(...buckets)).toBeLessThan(STYLE_COUNT);
    expect(Math.min(...buckets)).toBeGreaterThanOrEqual(0);
  });
});

describe("drawing ties", () => {
  test("puts ties of one style into one path, each as half a line from its start", () => {
    const calls: string[] = [];
    const context = {
      beginPath: () => calls.push("begin"),
      stroke: () => calls.push("stroke"),
      setLineDash: () => undefined,
      moveTo: (x: number, y: number) => calls.push(`from ${x},${y}`),
      lineTo: (x: number, y: number) => calls.push(`to ${x},${y}`),
      strokeStyle: "",
      globalAlpha: 1,
      lineWidth: 1,
    };
    const network = columns();
    const drawn = drawTies(context, network, reverseBonds(network, new NodeIndex(network)), [0, 1], LIGHT, 1);
    expect(drawn).toBe(2);
    expect(calls).toEqual(["begin", "from 0,0", "to 0.5,0", "from 1,0", "to 0.5,0", "stroke"]);
    expect(context.globalAlpha).toBe(1);
  });

  test("keeps line widths in screen pixels whatever the scale", () => {
    const widths: number[] = [];
    const context = {
      beginPath() {},
      moveTo() {},
      lineTo() {},
      setLineDash() {},
      strokeStyle: "",
      globalAlpha: 1,
      lineWidth: 0,
      stroke() {
        widths.push(this.lineWidth);
      },
    };
    const network = columns();
    const back = new Float32Array(3);
    drawTies(context, network, back, [0], LIGHT, 1);
    drawTies(context, network, back, [0], LIGHT, 100);
    expect(widths[0]! / widths[1]!).toBeCloseTo(100);
  });
});

describe("the visible ties", () => {
  const everywhere = { left: -10, top: -10, right: 10, bottom: 10 };

  test("match the filter of stages and strength", () => {
    const network = columns();
    expect(matchesFilter(network, 0, { stages: ALL_STAGES, minStrength: 0 })).toBe(true);
    expect(matchesFilter(network, 0, { stages: ALL_STAGES & ~(1 << 2), minStrength: 0 })).toBe(false);
    expect(matchesFilter(network, 0, { stages: ALL_STAGES, minStrength: 0.6 })).toBe(false);
  });

  test("exclude removed characters", () => {
    const network = columns();
    network.isRemoved[1] = 1;
    expect(matchesFilter(network, 0, { stages: ALL_STAGES, minStrength: 0 })).toBe(false);
  });

  test("are the strongest first, up to the limit", () => {
    const network = columns();
    const order = rankDescending(network.bond.map(Math.abs));
    expect(visibleTies(network, order, { stages: ALL_STAGES, minStrength: 0 }, everywhere, 2)).toEqual([2, 0]);
  });

  test("touch the view", () => {
    const network = columns();
    const order = rankDescending(network.bond.map(Math.abs));
    expect(
      visibleTies(network, order, { stages: ALL_STAGES, minStrength: 0 }, { left: 2, top: 2, right: 9, bottom: 9 }, 9),
    ).toEqual([2]);
  });
});
