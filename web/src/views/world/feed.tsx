/** The feed: what happens, as sentences, newest first; it holds still while somebody reads further down. */
import { useEffect, useRef } from "preact/hooks";
import type { ActivityType } from "../../gql/graphql";
import { Days } from "../../parts/activity_list";
import { Icon } from "../../parts/icon";
import { later } from "../../parts/lazy";
import { More } from "../../parts/load_more";
import { Menu } from "../../parts/menu";
import { Empty, Failed, Skeletons } from "../../parts/notices";
import { activityFeed } from "../../state/activity_feed";
import type { FeedFilter as Wanted } from "../../state/activity_filter";
import { rateNow, worldNow } from "../../state/clock";
import { drawer, nextHeight } from "../../state/drawer";
import { here, note, param, route, selecting } from "../../state/route";
import { pictureKeys } from "../../state/shortcuts";
import { world } from "../../state/world";
import { asText, sentence } from "../../words/activity";
import { plural } from "../../words/numbers";
import { span, worldTime } from "../../words/time";

const FeedFilter = later(() => import("./feed_filter").then(({ FeedFilter }) => FeedFilter));
const QUIET_AFTER_SECONDS = 60;

/** Below the picture: closed to one line, half, or full. */
export function FeedDrawer({ ecosystem }: { ecosystem: string }) {
  useEffect(() => {
    pictureKeys.feed = nextHeight;
    return () => void delete pictureKeys.feed;
  }, []);
  const height = drawer.value;
  return (
    <section class={`drawer ${height}`} aria-label="Feed">
      <Feed
        ecosystem={ecosystem}
        isClosed={height === "closed"}
        extra={
          <button
            type="button"
            class="button bare icon"
            onClick={nextHeight}
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

/** Opens the feed of a world for as long as its view is there, whether or not the list of it is on the screen. */
export function useFeed(ecosystem: string): void {
  const types = param("types");
  const about = param("about");
  useEffect(() => void activityFeed.open(ecosystem, wanted()), [ecosystem, types, about]);
}

function wanted(): Wanted {
  const types = param("types");
  return { types: types ? (types.split(",") as ActivityType[]) : [], characterId: param("about") };
}

export function Feed({
  ecosystem,
  isClosed = false,
  extra,
}: {
  ecosystem: string;
  isClosed?: boolean;
  extra?: preact.JSX.Element;
}) {
  return (
    <>
      <header class="feed-head">
        <h2>Feed</h2>
        {isClosed && activityFeed.newest.value && (
          <span class="newest muted">{asText(sentence(activityFeed.newest.value).words)}</span>
        )}
        <span class="push" />
        <CaughtUp />
        <Filter />
        {extra}
      </header>
      {!isClosed && <Entries ecosystem={ecosystem} />}
      <p class="unseen" role="status">
        {activityFeed.unread.value.length ? `${plural(activityFeed.unread.value.length, "new fact")}` : ""}
      </p>
    </>
  );
}

function Entries({ ecosystem }: { ecosystem: string }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => () => activityFeed.setPaused(false), []);
  const toTop = () => {
    activityFeed.setPaused(false);
    list.current?.scrollTo({ top: 0 });
  };
  if (activityFeed.failure.value)
    return <Failed failure={activityFeed.failure.value} again={() => void activityFeed.open(ecosystem, wanted())} />;
  return (
    <div class="feed-room">
      {activityFeed.unread.value.length > 0 && (
        <button type="button" class="button main pill" onClick={toTop}>
          {plural(activityFeed.unread.value.length, "new fact")} <Icon name="up" />
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
        <WhyQuiet />
        {!activityFeed.facts.value.length && activityFeed.isLoading.value && <Skeletons rows={6} height={36} />}
        <Days facts={activityFeed.facts.value} />
        {!activityFeed.facts.value.length && !activityFeed.isLoading.value && <NothingYet />}
        {activityFeed.hasOlder.value && (
          <More next={() => void activityFeed.loadOlder()} isLoading={activityFeed.isLoading.value} />
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
        Caught up {plural(activityFeed.caughtUp.value, "fact")} <Icon name="close" />
      </button>
    </span>
  );
}

function Filter() {
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

/** Says why nothing moves, and what could be done about it. */
function WhyQuiet() {
  const now = worldNow();
  const last = activityFeed.newest.value;
  if (now === null || param("types") || param("about")) return null;
  if (rateNow() === 0)
    return (
      <p class="quiet">
        The clock is stopped, so nobody rests and nothing drifts.{" "}
        {world.value?.viewerRole === "OWNER" ? (
          <a class="link" href={here({ do: "clock" })}>
            Start it
          </a>
        ) : (
          "Its owner can start it."
        )}
      </p>
    );
  if (!last || now - last.worldSeconds < QUIET_AFTER_SECONDS * rateNow()) return null;
  return (
    <p class="quiet">
      Nothing has happened since {worldTime(last.worldSeconds)} ({span(last.worldSeconds - now)}): people here act when somebody
      lets them.{" "}
      <a class="link" href={here(selecting({ meet: route.value.params.who ? `${route.value.params.who}~` : "~" }))}>
        Let two of them meet
      </a>
    </p>
  );
}

function NothingYet() {
  const isFiltered = Boolean(param("types") || param("about"));
  return (
    <Empty title={isFiltered ? "Nothing of this kind has happened." : "Nothing has happened yet."}>
      {isFiltered && (
        <button type="button" class="button" onClick={() => note({ types: null, about: null })}>
          Show everything
        </button>
      )}
    </Empty>
  );
}
