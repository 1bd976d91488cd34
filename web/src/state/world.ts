/** The open world, as its view loaded it last, for the bar and the dialogs. */
import { computed, signal } from "@preact/signals";
import type { WorldQuery } from "../gql/graphql";

export type World = NonNullable<WorldQuery["ecosystem"]>;

export const world = signal<World | null>(null);
export const isEditor = computed(() => world.value?.viewerRole === "EDITOR" || world.value?.viewerRole === "OWNER");
export const isOwner = computed(() => world.value?.viewerRole === "OWNER");
