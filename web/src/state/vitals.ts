/** The energy and mood of characters after the latest facts. They replace older values of lists, which need no refetch then. */
import { signal } from "@preact/signals";
import type { Fact } from "../words/activity";

export interface Vitals {
  energy: number;
  mood: number;
}

export const vitals = signal<ReadonlyMap<string, Vitals>>(new Map());

export function updateVitals(facts: readonly Fact[]): void {
  const changes = facts.flatMap(vitalsIn);
  if (changes.length) vitals.value = new Map([...vitals.value, ...changes]);
}

export function clearVitals(): void {
  vitals.value = new Map();
}

function vitalsIn(fact: Fact): [string, Vitals][] {
  if (fact.__typename === "CharacterChanged") return fact.character ? [[fact.character.id, fact.character]] : [];
  const acts =
    fact.__typename === "Interacted"
      ? [fact.interaction]
      : fact.__typename === "MessageSaid"
        ? (fact.message?.interactions.edges ?? []).map(({ node }) => node)
        : [];
  return acts
    .flatMap((act) => [act?.initiator, act?.responder])
    .flatMap((one): [string, Vitals][] => (one ? [[one.id, { energy: one.energy, mood: one.mood }]] : []));
}
