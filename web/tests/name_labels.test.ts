import { describe, expect, test } from "vitest";
import { type LabelScene, NameLabels } from "../src/drawing/labels/name_labels";
import { toColumns } from "../src/drawing/network/columns";
import type { Sprites } from "../src/drawing/nodes/sprites";
import { DARK } from "../src/drawing/palette";

const NAMES = ["Valjean", "Javert", "Cosette", "Marius", "Fantine", "Myriel", "Brevet"];
const context = {
  font: "",
  measureText: (text: string) => ({ width: text.length * 7 }),
} as unknown as CanvasRenderingContext2D;

/** Seven characters in a row; the first two are enemies. */
function scene(parts: Partial<LabelScene> = {}): LabelScene {
  const columns = toColumns({
    characters: {
      characterId: NAMES,
      name: NAMES,
      x: NAMES.map((_, index) => 60 + 100 * index),
      y: NAMES.map(() => 100),
      energy: NAMES.map(() => 1),
      isActive: NAMES.map(() => true),
    },
    relationships: { from: [0, 1], to: [1, 0], bond: [-0.8, -0.8], trust: [0, 0], contact: [9, 9], stage: ["ENEMY", "ENEMY"] },
  });
  return {
    columns,
    size: { width: 800, height: 200 },
    palette: DARK,
    radii: new Float32Array(NAMES.length).fill(4),
    rank: Uint32Array.from(NAMES.keys()),
    notableTies: [{ tie: 0, text: "Valjean and Javert, enemies" }],
    priority: [],
    ringed: new Set(),
    highlighted: null,
    isMoving: false,
    isHoverSettling: false,
    toScreen: (index) => [columns.x[index]!, columns.y[index]!],
    ...parts,
  };
}

function painted(of: LabelScene): string[] {
  const texts: string[] = [];
  new NameLabels().draw(context, { drawName: (_: unknown, text: string) => texts.push(text) } as unknown as Sprites, of);
  return texts;
}

describe("the labels of names", () => {
  test("show the most active characters, then notable ties, then all others", () => {
    expect(painted(scene())).toEqual([
      "Valjean",
      "Javert",
      "Cosette",
      "Marius",
      "Fantine",
      "Valjean and Javert, enemies",
      "Myriel",
      "Brevet",
    ]);
  });

  test("are fewer on a small picture", () => {
    expect(painted(scene({ size: { width: 300, height: 120 } }))).toEqual(["Valjean", "Javert", "Cosette"]);
  });

  test("show only highlighted characters and no notable tie", () => {
    expect(painted(scene({ highlighted: new Set([2, 5]), priority: [5] }))).toEqual(["Myriel", "Cosette"]);
  });

  test("show only the characters with priority while the hover settles", () => {
    expect(painted(scene({ highlighted: new Set([2, 5]), priority: [5], isHoverSettling: true }))).toEqual(["Myriel"]);
  });
});
