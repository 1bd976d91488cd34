/** The height of the feed's drawer, which is saved. */
import { signal } from "@preact/signals";
import { loadSetting, saveSetting } from "./local_storage";

export type Height = "closed" | "half" | "full";
const NEXT: Record<Height, Height> = { closed: "half", half: "full", full: "closed" };

const saved = loadSetting("drawer");
export const drawer = signal<Height>(isHeight(saved) ? saved : "half");

export function cycleDrawerHeight(): void {
  drawer.value = NEXT[drawer.value];
  saveSetting("drawer", drawer.value);
}

function isHeight(text: string | null): text is Height {
  return text !== null && Object.hasOwn(NEXT, text);
}
