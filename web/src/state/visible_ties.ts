/** The filter of ties in the address: hidden stages and the minimum strength. */
import { computed } from "@preact/signals";
import { STAGE_ORDER } from "../drawing/network/columns";
import { ALL_STAGES, type TieFilter } from "../drawing/ties/ties";
import type { Stage } from "../gql/graphql";
import { replaceParams, route } from "./route";

export const hiddenStages = computed(() => new Set((route.value.params.hide ?? "").split(",").filter(Boolean)));

/** Computed apart, so that other changes of the address do not change `tieFilter` and redraw the ties. */
const text = computed(() => `${route.value.params.hide ?? ""}|${route.value.params.strength ?? ""}`);
export const tieFilter = computed<TieFilter>(() => {
  const [hide = "", strength = ""] = text.value.split("|");
  const hiddenNames = hide.split(",");
  const stages = STAGE_ORDER.reduce(
    (bits, stage, number) => (hiddenNames.includes(stage) ? bits & ~(1 << number) : bits),
    ALL_STAGES,
  );
  return { stages, minStrength: Math.min(1, Math.max(0, Number(strength) || 0)) };
});

export function toggleStage(stage: Stage): void {
  const next = new Set(hiddenStages.value);
  if (!next.delete(stage)) next.add(stage);
  replaceParams({ hide: [...next].join(",") });
}

export function setMinStrength(least: number): void {
  replaceParams({ strength: least > 0 ? String(least) : null });
}
