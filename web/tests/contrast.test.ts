import { describe, expect, test } from "vitest";
import { DARK, LIGHT } from "../src/drawing/palette";

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each([
  ["dark", DARK],
  ["light", LIGHT],
] as const)("the palette of the %s theme", (_name, palette) => {
  test.each(["warm", "cold", "even", "accent"] as const)("shows %s marks at 3:1 on its ground", (mark) => {
    expect(contrast(palette[mark], palette.ground)).toBeGreaterThanOrEqual(3);
  });

  test.each(["ink", "muted"] as const)("shows %s text at 4.5:1 on its ground", (text) => {
    expect(contrast(palette[text], palette.ground)).toBeGreaterThanOrEqual(4.5);
  });

  test("distinguishes each step of energy by brightness", () => {
    const steps = palette.energy.map((colour) => contrast(colour, palette.ground));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });
});
