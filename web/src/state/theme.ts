/** The theme: dark, light, or as the system. A script in index.html reads the same setting before the first paint. */
import { computed, signal } from "@preact/signals";
import { loadSetting, saveSetting } from "./local_storage";

export type Theme = "system" | "dark" | "light";
export const THEMES: readonly Theme[] = ["system", "dark", "light"];

export const theme = signal<Theme>((loadSetting("theme") as Theme | null) ?? "system");
const systemIsDark = signal(matchMedia("(prefers-color-scheme: dark)").matches);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => (systemIsDark.value = event.matches));

export const isDark = computed(() => (theme.value === "system" ? systemIsDark.value : theme.value === "dark"));

export function setTheme(chosen: Theme): void {
  theme.value = chosen;
  saveSetting("theme", chosen);
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

export const prefersReducedMotion = signal(matchMedia("(prefers-reduced-motion: reduce)").matches);
matchMedia("(prefers-reduced-motion: reduce)").addEventListener(
  "change",
  (event) => (prefersReducedMotion.value = event.matches),
);
