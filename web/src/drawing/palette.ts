/** The colours of the picture: warm for positive bonds, cold for negative ones, grey for neutral ones. Each has a contrast
 * of at least 3:1 with the ground, in both themes. */

export interface Palette {
  ground: string;
  warm: string;
  cold: string;
  even: string;
  ink: string;
  muted: string;
  accent: string;
  /** From exhausted to rested. */
  energy: readonly string[];
}

export const DARK: Palette = {
  ground: "#0d1118",
  warm: "#f2a65a",
  cold: "#6fb1ff",
  even: "#7d8a9a",
  ink: "#e8edf4",
  muted: "#9aa7b8",
  accent: "#57d6b8",
  energy: ["#46515f", "#5f6b7b", "#7b8898", "#98a6b6", "#b7c3d1"],
};

export const LIGHT: Palette = {
  ground: "#f8fafc",
  warm: "#b85a09",
  cold: "#1c66c0",
  even: "#7c8794",
  ink: "#16202c",
  muted: "#566273",
  accent: "#0a7560",
  energy: ["#a9b3bf", "#8f9ba8", "#748192", "#5b6878", "#435060"],
};

export function paletteFor(isDark: boolean): Palette {
  return isDark ? DARK : LIGHT;
}
