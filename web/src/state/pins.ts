/** Who is pinned: they stay in the light, with those they know, while others are looked at. The address keeps them. */
import { computed } from "@preact/signals";
import { note, param, route } from "./route";

const MOST_PINS = 12;

const text = computed(() => route.value.params.pin ?? "");
export const pinned = computed<readonly string[]>(() => text.value.split("~").filter(Boolean).slice(0, MOST_PINS));

export function flipPin(): void {
  const who = param("who");
  if (!who) return;
  const others = pinned.value.filter((id) => id !== who);
  note({ pin: (others.length < pinned.value.length ? others : [...others, who].slice(-MOST_PINS)).join("~") });
}

export function letPinsGo(): void {
  note({ pin: null });
}
