/** The feed: facts as sentences, newest first. It does not move while the reader is scrolled down. */
import { useEffect, useRef } from "preact/hooks";
import type { ActivityType } from "../../gql/graphql";
import { ActivityList } from "../../parts/activity_list";
import { Icon } from "../../parts/icon";
import { lazy } from "../../parts/lazy";
import { LoadMore } from "../../parts/load_more";
import { Menu } from "../../parts/menu";
import { EmptyNotice, FailureNotice, Skeleton } from "../../parts/notices";
import { activityFeed } from "../../state/activity_feed";
import type { FeedFilter as Wanted } from "../../state/activity_filter";
import { currentRate, currentWorldSeconds } from "../../state/clock";
import { cycleDrawerHeight, drawer } from "../../state/drawer";
import { hrefWith, param, replaceParams, route, withSelection } from "../../state/route";
import { pictureActions } from "../../state/shortcuts";
import { world } from "../../state/world";
import { describeFact, toText } from "../../words/activity";
import { pluralize } from "../../words/numbers";
import { formatSpan, formatWorldTime } from "../../words/time";

const FeedFilter = lazy(() => import("./feed_filter").then(({ FeedFilter }) => FeedFilter));
const QUIET_AFTER_SECONDS = 60;

/** The feed below the picture: closed to one line, half, or full. */
export function FeedDrawer({ ecosystemId }: { ecosystemId: string }) {
  useEffect(() => {
    pictureActions.feed = cycleDrawerHeight;
    return () => void delete pictureActions.feed;
  }, []);
  const height = drawer.value;
  return (
    <section class={`drawer ${height}`} aria-label="Feed">
      <Feed
        ecosystemId={ecosystemId}
        isClosed={height === "closed"}
        extra={
          <button
            type="button"
            class="button bare icon"
            onClick={cycleDrawerHeight}
            aria-label={`Feed is ${height}; change its height`}
            title="Change the height (l)"
          >
            <Icon name={height === "full" ? "down" : "up"} />
          </button>
        }
      />
    </section>
  );
}

/** Opens the feed of a world while its view is mounted, also when the list is not visible. */
export function useFeed(ecosystemId: string): void {
  const types = param("types");
  const about = param("about");
  useEffect(() => void activityFeed.open(ecosystemId, filterFromAddress()), [ecosystemId, types, about]);
}

function filterFromAddress(): Wanted {
  const types = param("types");
  return { types: types ? (types.split(",") as ActivityType[]) : [], characterId: param("about") };
}

export function Feed({
  ecosystemId,
  isClosed = false,
  extra,
}: {
  ecosystemId: string;
  isClosed?: boolean;
  extra?: preact.JSX.Element;
}) {
  return (
    <>
      <header class="feed-head">
        <h2>Feed</h2>
        {isClosed && activityFeed.newest.value && (
          <span class="newest muted">{toText(describeFact(activityFeed.newest.value).words)}</span>
        )}
        <span class="spacer" />
        <CaughtUp />
        <FilterMenu />
        {extra}
      </header>
      {!isClosed && <FactList ecosystemId={ecosystemId} />}
      <p class="visually-hidden" role="status">
        {activityFeed.unread.value.length ? pluralize(activityFeed.unread.value.length, "new entry", "new entries") : ""}
      </p>
    </>
  );
}

function FactList({ ecosystemId }: { ecosystemId: string }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => () => activityFeed.setPaused(false), []);
  const toTop = () => {
    activityFeed.setPaused(false);
    list.current?.scrollTo({ top: 0 });
  };
  if (activityFeed.failure.value)
    return (
      <FailureNotice
        failure={activityFeed.failure.value}
        retry={() => void activityFeed.open(ecosystemId, filterFromAddress())}
      />
    );
  return (
    <div class="feed-room">
      {activityFeed.unread.value.length > 0 && (
        <button type="button" class="button main pill" onClick={toTop}>
          {pluralize(activityFeed.unread.value.length, "new entry", "new entries")} <Icon name="up" />
        </button>
      )}
      <div
        class="feed"
        ref={list}
        tabIndex={0}
        aria-label="What happened, newest first"
        role="region"
        onScroll={(event) => {
          const isDown = event.currentTarget.scrollTop > 8;
          if (isDown !== activityFeed.isPaused.value) activityFeed.setPaused(isDown);
        }}
      >
        <QuietNotice />
        {!activityFeed.facts.value.length && activityFeed.isLoading.value && <Skeleton rows={6} height={36} />}
        <ActivityList facts={activityFeed.facts.value} />
        {!activityFeed.facts.value.length && !activityFeed.isLoading.value && <NoFacts />}
        {activityFeed.hasOlder.value && (
          <LoadMore loadNext={() => void activityFeed.loadOlder()} isLoading={activityFeed.isLoading.value} />
        )}
      </div>
    </div>
  );
}

function CaughtUp() {
  if (!activityFeed.caughtUp.value) return null;
  return (
    <span role="status">
      <button type="button" class="chip" onClick={() => (activityFeed.caughtUp.value = null)} title="Press to dismiss">
        Caught up: {pluralize(activityFeed.caughtUp.value, "entry", "entries")} <Icon name="close" />
      </button>
    </span>
  );
}

function FilterMenu() {
  const isOn = Boolean(param("types") || param("about"));
  return (
    <Menu
      label={isOn ? "Filter the feed (on)" : "Filter the feed"}
      button={
        <>
          {isOn ? "Filtered" : "Filter"} <Icon name="down" />
        </>
      }
    >
      <FeedFilter />
    </Menu>
  );
}

/** Explains why nothing happens, and what the viewer can do. */
function QuietNotice() {
  const now = currentWorldSeconds();
  const last = activityFeed.newest.value;
  if (now === null || param("types") || param("about")) return null;
  if (currentRate() === 0)
    return (
      <p class="quiet">
        The clock is stopped, so characters do not rest and feelings do not change.{" "}
        {world.value?.viewerRole === "OWNER" ? (
          <a class="link" href={hrefWith({ do: "clock" })}>
            Start the clock
          </a>
        ) : (
          "The owner of the world can start the clock."
        )}
      </p>
    );
  if (!last || now - last.worldSeconds < QUIET_AFTER_SECONDS * currentRate()) return null;
  return (
    <p class="quiet">
      No activity since {formatWorldTime(last.worldSeconds)} ({formatSpan(last.worldSeconds - now)}). Characters do not act by
      themselves yet.{" "}
      <a class="link" href={hrefWith(withSelection({ meet: route.value.params.who ? `${route.value.params.who}~` : "~" }))}>
        Start an interaction
      </a>
    </p>
  );
}

function NoFacts() {
  const isFiltered = Boolean(param("types") || param("about"));
  return (
    <EmptyNotice title={isFiltered ? "No matches." : "Nothing has happened yet."}>
      {isFiltered && (
        <button type="button" class="button" onClick={() => replaceParams({ types: null, about: null })}>
          Show everything
        </button>
      )}
    </EmptyNotice>
  );
}
