/** The feed of the world that is looked at: its newest facts, what came while nobody scrolled along, and what an outage cost. */
import { computed, signal } from "@preact/signals";
import type { Failure } from "../api/failures";
import { ask } from "../api/request";
import { follow } from "../api/subscription";
import { type ActivityType, FeedPageDocument, FollowActivityDocument } from "../gql/graphql";
import type { Happening } from "../words/activity";
import { setClock } from "./clock";
import { feel } from "./vitals";

const PAGE = 40;
const MOST_KEPT = 400;

export interface FeedFilter {
  types: readonly ActivityType[];
  character: string;
}

/** Newest first, filtered. */
export const facts = signal<readonly Happening[]>([]);
/** Came while the reader was further down; newest first. */
export const held = signal<readonly Happening[]>([]);
export const isPaused = signal(false);
export const isLoading = signal(true);
export const failure = signal<Failure | null>(null);
/** How many facts the last outage kept from us; null once read. */
export const caughtUp = signal<number | null>(null);
export const hasMore = signal(false);
/** What came with the last flush, unfiltered: for all who change by facts. */
export const arrivals = signal<readonly Happening[]>([]);
export const newest = computed(() => facts.value[0] ?? null);

let world = "";
let filter: FeedFilter = { types: [], character: "" };
let oldest: string | null = null;
let stop: (() => void) | undefined;
let incoming: Happening[] = [];
/** Number of the frame or timer that flushes; 0 while none is due. */
let flushing = 0;

export async function openFeed(ecosystem: string, wanted: FeedFilter): Promise<void> {
  const isOther = ecosystem !== world;
  world = ecosystem;
  filter = wanted;
  isLoading.value = true;
  failure.value = null;
  if (isOther) {
    stop?.();
    facts.value = held.value = [];
    caughtUp.value = null;
  }
  const page = await ask(FeedPageDocument, { id: ecosystem, last: PAGE, before: null, filter: asked(wanted) });
  if (world !== ecosystem || filter !== wanted) return;
  isLoading.value = false;
  if (page.failure) {
    failure.value = page.failure;
    return;
  }
  const found = page.data.ecosystem;
  if (!found) return;
  setClock(found.clock);
  facts.value = found.activity.edges.map(({ node }) => node).reverse();
  held.value = [];
  oldest = found.activity.pageInfo.startCursor ?? null;
  hasMore.value = found.activity.pageInfo.hasPreviousPage;
  if (isOther || !stop) listen(ecosystem, found.head);
}

export async function older(): Promise<void> {
  if (!hasMore.value || isLoading.value) return;
  isLoading.value = true;
  const page = await ask(FeedPageDocument, { id: world, last: PAGE, before: oldest, filter: asked(filter) });
  isLoading.value = false;
  const found = page.data?.ecosystem?.activity;
  if (!found) return;
  facts.value = [...facts.value, ...found.edges.map(({ node }) => node).reverse()];
  oldest = found.pageInfo.startCursor ?? null;
  hasMore.value = found.pageInfo.hasPreviousPage;
}

export function closeFeed(): void {
  stop?.();
  stop = undefined;
  world = "";
  facts.value = held.value = [];
}

/** While paused, what comes is counted and held, and nothing moves under the reader. */
export function pause(paused: boolean): void {
  isPaused.value = paused;
  if (paused) return;
  facts.value = kept([...held.value, ...facts.value]);
  held.value = [];
}

function listen(ecosystem: string, head: string): void {
  stop = follow({
    query: FollowActivityDocument.toString(),
    variables: { ecosystem },
    after: head,
    next(result) {
      const event = (result.data as { activity?: { __typename: string; activity?: Happening; sent?: number } } | undefined)
        ?.activity;
      if (event?.activity) take(event.activity);
      else if (event?.__typename === "CaughtUp" && event.sent) caughtUp.value = event.sent;
    },
    ended(event) {
      stop = undefined;
      if (event.__typename === "CursorLost") void openFeed(ecosystem, filter);
      else
        failure.value = {
          title: event.explanation ?? "This world can no longer be followed.",
          advice: "Go back to the list of worlds.",
        };
    },
  });
}

/** Facts come as they like; the page changes once a frame, or a few times a second where the tab is hidden. */
function take(fact: Happening): void {
  incoming.push(fact);
  if (flushing) return;
  flushing = document.visibilityState === "visible" ? requestAnimationFrame(flush) : Number(setTimeout(flush, 500));
}

function flush(): void {
  flushing = 0;
  const batch = incoming.reverse();
  incoming = [];
  feel(batch.toReversed());
  arrivals.value = batch;
  const wanted = batch.filter((fact) => passes(fact, filter));
  if (isPaused.value) held.value = kept([...wanted, ...held.value]);
  else facts.value = kept([...wanted, ...facts.value]);
}

function kept(all: readonly Happening[]): readonly Happening[] {
  return all.length > MOST_KEPT ? all.slice(0, MOST_KEPT) : all;
}

function asked({ types, character }: FeedFilter): { types: ActivityType[] | null; characterIds: string[] | null } | null {
  if (!types.length && !character) return null;
  return { types: types.length ? [...types] : null, characterIds: character ? [character] : null };
}

export function passes(fact: Happening, { types, character }: FeedFilter): boolean {
  if (types.length && !types.includes(fact.type)) return false;
  return !character || about(fact).includes(character);
}

/** Whom a fact is about, as far as it says. */
export function about(fact: Happening): string[] {
  const ids = (() => {
    switch (fact.__typename) {
      case "Interacted":
        return [fact.interaction?.initiator?.id, fact.interaction?.responder?.id];
      case "StageChanged":
        return [fact.relationship?.from.id, fact.relationship?.to.id];
      case "MessageSaid":
        return [
          ...(fact.message?.speakers.map(({ id }) => id) ?? []),
          ...(fact.message?.interactions.edges.map(({ node }) => node.responder?.id) ?? []),
        ];
      case "CharacterCreated":
      case "CharacterChanged":
        return [fact.character?.id];
      case "CharacterDeleted":
        return [fact.characterId];
      default:
        return [];
    }
  })();
  return ids.filter((id): id is string => Boolean(id));
}
