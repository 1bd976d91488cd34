/** The activity feed of the open world: its newest facts, facts that arrive while the reader scrolls, and how many a
 * reconnection brought. */
import { computed, signal } from "@preact/signals";
import type { Failure } from "../api/failures";
import { request } from "../api/request";
import { subscribe } from "../api/subscription";
import { FeedPageDocument, FollowActivityDocument } from "../gql/graphql";
import type { Fact } from "../words/activity";
import { type FeedFilter, filterArgument, matches } from "./activity_filter";
import { setClock } from "./clock";
import { updateVitals } from "./vitals";

const PAGE_SIZE = 40;
const FACTS_MAX = 400;
const HIDDEN_FLUSH_MS = 500;

class ActivityFeed {
  /** Newest first, filtered. */
  readonly facts = signal<readonly Fact[]>([]);
  /** Facts that arrived while the feed is paused; newest first, filtered. */
  readonly unread = signal<readonly Fact[]>([]);
  readonly isPaused = signal(false);
  readonly isLoading = signal(true);
  readonly failure = signal<Failure | null>(null);
  /** Number of facts that the last reconnection brought; null after it is dismissed. */
  readonly caughtUp = signal<number | null>(null);
  readonly hasOlder = signal(false);
  /** Facts of the last flush, unfiltered; views that show data of facts refresh by it. */
  readonly latestBatch = signal<readonly Fact[]>([]);
  readonly newest = computed(() => this.facts.value[0] ?? null);
  private ecosystemId = "";
  private filter: FeedFilter = { types: [], characterId: "" };
  private startCursor: string | null = null;
  private unsubscribe: (() => void) | undefined;
  private incoming: Fact[] = [];
  private isFlushDue = false;

  /** Loads the newest page with this filter, and subscribes if the world is another one. */
  async open(ecosystemId: string, filter: FeedFilter): Promise<void> {
    const isOther = ecosystemId !== this.ecosystemId;
    if (isOther) this.close();
    this.ecosystemId = ecosystemId;
    this.filter = filter;
    this.isLoading.value = true;
    this.failure.value = null;
    const page = await request(FeedPageDocument, {
      id: ecosystemId,
      last: PAGE_SIZE,
      before: null,
      filter: filterArgument(filter),
    });
    if (this.ecosystemId !== ecosystemId || this.filter !== filter) return;
    this.isLoading.value = false;
    if (page.failure) this.failure.value = page.failure;
    const ecosystem = page.data?.ecosystem;
    if (!ecosystem) return;
    setClock(ecosystem.clock);
    this.facts.value = ecosystem.activity.edges.map(({ node }) => node).reverse();
    this.unread.value = [];
    this.startCursor = ecosystem.activity.pageInfo.startCursor ?? null;
    this.hasOlder.value = ecosystem.activity.pageInfo.hasPreviousPage;
    if (isOther || !this.unsubscribe) this.subscribe(ecosystemId, ecosystem.head);
  }

  async loadOlder(): Promise<void> {
    if (!this.hasOlder.value || this.isLoading.value) return;
    this.isLoading.value = true;
    const page = await request(FeedPageDocument, {
      id: this.ecosystemId,
      last: PAGE_SIZE,
      before: this.startCursor,
      filter: filterArgument(this.filter),
    });
    this.isLoading.value = false;
    const activity = page.data?.ecosystem?.activity;
    if (!activity) return;
    this.facts.value = [...this.facts.value, ...activity.edges.map(({ node }) => node).reverse()];
    this.startCursor = activity.pageInfo.startCursor ?? null;
    this.hasOlder.value = activity.pageInfo.hasPreviousPage;
  }

  close(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.ecosystemId = "";
    this.facts.value = this.unread.value = [];
    this.caughtUp.value = null;
  }

  /** While paused, new facts are counted and kept apart, so that nothing moves under the reader. */
  setPaused(isPaused: boolean): void {
    this.isPaused.value = isPaused;
    if (isPaused) return;
    this.facts.value = newestOf([...this.unread.value, ...this.facts.value]);
    this.unread.value = [];
  }

  private subscribe(ecosystemId: string, head: string): void {
    this.unsubscribe = subscribe({
      query: FollowActivityDocument.toString(),
      variables: { ecosystem: ecosystemId },
      after: head,
      next: (result) => {
        const event = (result.data as { activity?: { __typename: string; activity?: Fact; sent?: number } } | undefined)
          ?.activity;
        if (event?.activity) this.receive(event.activity);
        else if (event?.__typename === "CaughtUp" && event.sent) this.caughtUp.value = event.sent;
      },
      onFinal: (event) => {
        this.unsubscribe = undefined;
        if (event.__typename === "CursorLost") void this.open(ecosystemId, this.filter);
        else
          this.failure.value = {
            title: event.explanation ?? "This world can no longer be shown.",
            advice: "Go back to the list of worlds.",
          };
      },
    });
  }

  /** Facts may arrive in bursts; the page changes at most once per frame, or twice a second while the tab is hidden. */
  private receive(fact: Fact): void {
    this.incoming.push(fact);
    if (this.isFlushDue) return;
    this.isFlushDue = true;
    if (document.visibilityState === "visible") requestAnimationFrame(() => this.flush());
    else setTimeout(() => this.flush(), HIDDEN_FLUSH_MS);
  }

  private flush(): void {
    this.isFlushDue = false;
    const batch = this.incoming.reverse();
    this.incoming = [];
    updateVitals(batch.toReversed());
    this.latestBatch.value = batch;
    const matching = batch.filter((fact) => matches(fact, this.filter));
    const target = this.isPaused.value ? this.unread : this.facts;
    target.value = newestOf([...matching, ...target.value]);
  }
}

function newestOf(facts: readonly Fact[]): readonly Fact[] {
  return facts.length > FACTS_MAX ? facts.slice(0, FACTS_MAX) : facts;
}

export const activityFeed = new ActivityFeed();
