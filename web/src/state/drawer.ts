/** How high the feed's drawer stands; remembered. */
import { signal } from "@preact/signals";
import { remember, remembered } from "./local_storage";

export type Height = "closed" | "half" | "full";
const NEXT: Record<Height, Height> = { closed: "half", half: "full", full: "closed" };

const kept = remembered("drawer");
export const drawer = signal<Height>(isHeight(kept) ? kept : "half");

export function nextHeight(): void {
  drawer.value = NEXT[drawer.value];
  remember("drawer", drawer.value);
}

function isHeight(text: string | null): text is Height {
  return text !== null && Object.hasOwn(NEXT, text);
}
