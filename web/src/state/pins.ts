/** Pinned characters. They and their neighbours stay highlighted while others are selected. The address contains their ids. */
import { computed } from "@preact/signals";
import { param, replaceParams, route } from "./route";

const PINS_MAX = 12;

const text = computed(() => route.value.params.pin ?? "");
export const pinnedIds = computed<readonly string[]>(() => text.value.split("~").filter(Boolean).slice(0, PINS_MAX));

export function togglePin(): void {
  const who = param("who");
  if (!who) return;
  const others = pinnedIds.value.filter((id) => id !== who);
  replaceParams({ pin: (others.length < pinnedIds.value.length ? others : [...others, who].slice(-PINS_MAX)).join("~") });
}

export function clearPins(): void {
  replaceParams({ pin: null });
}
