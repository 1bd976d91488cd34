/** A world: its people, its picture with the feed below, and the selection. A narrow page shows one pane at a time and the
 * selection as a sheet. */
import { useEffect } from "preact/hooks";
import { useQuery } from "../../api/query";
import { WorldDocument } from "../../gql/graphql";
import { Icon, type IconName } from "../../parts/icon";
import { lazy } from "../../parts/lazy";
import { FailureNotice } from "../../parts/notices";
import { Separator, widths } from "../../parts/separator";
import { Sheet } from "../../parts/sheet";
import { activityFeed } from "../../state/activity_feed";
import { setClock } from "../../state/clock";
import { isNarrow } from "../../state/media";
import { networkStore } from "../../state/network_store";
import { useRefetchOnFacts } from "../../state/refresh";
import { hrefWith, param, route, SELECTIONS, type Tab, withSelection } from "../../state/route";
import { clearVitals } from "../../state/vitals";
import { world } from "../../state/world";
import "../../styles/world.css";
import { NotFound } from "../not_found";
import { SelectedPanel } from "../panels/selected";
import { Feed, FeedDrawer, useFeed } from "./feed";
import { People } from "./people";
import { WorldPlaceholder } from "./world_placeholder";

const Graph = lazy(() => import("./graph").then(({ Graph }) => Graph));
const Conversations = lazy(() => import("./conversations").then(({ Conversations }) => Conversations));
const Numbers = lazy(() => import("./numbers").then(({ Numbers }) => Numbers));

const TABS: readonly { tab: Tab; word: string; icon: IconName }[] = [
  { tab: "graph", word: "Graph", icon: "graph" },
  { tab: "conversations", word: "Conversations", icon: "talk" },
  { tab: "numbers", word: "Numbers", icon: "numbers" },
];

export function World({ id }: { id: string }) {
  const { data, failure, refetch } = useQuery(WorldDocument, { id });
  const ecosystem = data?.ecosystem;
  useFeed(id);
  useEffect(() => {
    if (!ecosystem) return;
    world.value = ecosystem;
    setClock(ecosystem.clock);
    document.title = `${ecosystem.name} · The Character Observatory`;
  }, [ecosystem]);
  useRefetchOnFacts(refetch, ({ type }) => type === "CLOCK_SET" || type === "ECOSYSTEM_CHANGED");
  useEffect(() => () => closeWorld(), []);
  if (failure)
    return (
      <main class="page" id="content" tabIndex={-1}>
        <FailureNotice failure={failure} retry={refetch} />
      </main>
    );
  if (data && !ecosystem) return <NotFound />;
  if (!ecosystem) return <WorldPlaceholder />;
  return isNarrow.value ? <NarrowLayout id={id} /> : <WideLayout id={id} />;
}

function closeWorld(): void {
  activityFeed.close();
  networkStore.close();
  clearVitals();
  world.value = null;
}

function WideLayout({ id }: { id: string }) {
  const { left, right } = widths.value;
  return (
    <main
      class="page world-frame"
      id="content"
      tabIndex={-1}
      style={{ gridTemplateColumns: `${left}px 1px minmax(0, 1fr) 1px ${right}px` }}
    >
      <section class="pane" aria-label="People">
        <People ecosystemId={id} />
      </section>
      <Separator side="left" label="Width of the list of people" />
      <section class="pane centre" aria-label="The world">
        <Tabs />
        <div class="stage-room">
          <TabContent id={id} />
        </div>
        <FeedDrawer ecosystemId={id} />
      </section>
      <Separator side="right" label="Width of the selection" />
      <section class="pane" aria-label="Selection">
        <SelectedPanel ecosystemId={id} />
      </section>
    </main>
  );
}

function Tabs() {
  const now = route.value.tab;
  return (
    <nav class="tabs" aria-label="Views of the world">
      {TABS.map(({ tab, word, icon }) => (
        <a
          key={tab}
          class={tab === "conversations" ? "tab wide-tab" : "tab"}
          href={hrefWith({ talk: null }, tab)}
          aria-current={now === tab ? "page" : undefined}
        >
          <Icon name={icon} /> {word}
        </a>
      ))}
    </nav>
  );
}

function TabContent({ id }: { id: string }) {
  const { tab } = route.value;
  if (tab === "conversations") return <Conversations ecosystemId={id} />;
  return tab === "numbers" ? <Numbers ecosystemId={id} /> : <Graph ecosystemId={id} />;
}

type Pane = "world" | "people" | "feed" | "talk";

function NarrowLayout({ id }: { id: string }) {
  const pane: Pane = route.value.tab === "conversations" ? "talk" : ((param("pane") || "world") as Pane);
  const isSelected = SELECTIONS.some((name) => param(name));
  const isNamedBelow = isSelected || (pane === "talk" && param("talk"));
  return (
    <main class="page narrow" id="content" tabIndex={-1}>
      {!isNamedBelow && <h1 class="visually-hidden">{world.value?.name}</h1>}
      <div class={isSelected ? "narrow-room behind-sheet" : "narrow-room"}>
        {pane === "world" && (
          <>
            <Tabs />
            <div class="stage-room">
              <TabContent id={id} />
            </div>
          </>
        )}
        {pane === "people" && (
          <section class="pane" aria-label="People">
            <People ecosystemId={id} />
          </section>
        )}
        {pane === "feed" && (
          <section class="pane" aria-label="Feed">
            <Feed ecosystemId={id} />
          </section>
        )}
        {pane === "talk" && (
          <div class="stage-room">
            <Conversations ecosystemId={id} />
          </div>
        )}
      </div>
      {isSelected && (
        <Sheet label="Selection" close={hrefWith(withSelection({}))}>
          <SelectedPanel ecosystemId={id} />
        </Sheet>
      )}
      <nav class="bottom-bar" aria-label="Panes">
        <BottomTab pane="world" now={pane} word="World" icon="graph" />
        <BottomTab pane="people" now={pane} word="People" icon="people" />
        <BottomTab pane="feed" now={pane} word="Feed" icon="feed" />
        <BottomTab pane="talk" now={pane} word="Conversations" icon="talk" />
      </nav>
    </main>
  );
}

function BottomTab({ pane, now, word, icon }: { pane: Pane; now: Pane; word: string; icon: IconName }) {
  const href = hrefWith(
    withSelection({ pane: pane === "world" || pane === "talk" ? null : pane, talk: null }),
    pane === "talk" ? "conversations" : "graph",
  );
  return (
    <a href={href} aria-current={now === pane ? "page" : undefined}>
      <Icon name={icon} />
      <span>{word}</span>
    </a>
  );
}
