/** How high the feed's drawer stands; remembered. */
import { signal } from "@preact/signals";
import { remember, remembered } from "./remembered";

export type Height = "closed" | "half" | "full";
const HEIGHTS: readonly Height[] = ["closed", "half", "full"];

export const drawer = signal<Height>(HEIGHTS.find((height) => height === remembered("drawer")) ?? "half");

export function nextHeight(): void {
  drawer.value = HEIGHTS[(HEIGHTS.indexOf(drawer.value) + 1) % HEIGHTS.length]!;
  remember("drawer", drawer.value);
}
