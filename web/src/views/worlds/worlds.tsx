/** All worlds that the viewer may see, with a short introduction for a first visit. */
import { useEffect } from "preact/hooks";
import type { EcosystemOrder, WorldCardFragment } from "../../gql/graphql";
import { Icon } from "../../parts/icon";
import { LoadMore } from "../../parts/load_more";
import { EmptyNotice, FailureNotice } from "../../parts/notices";
import { hrefWith, param, replaceParams } from "../../state/route";
import { viewer } from "../../state/viewer";
import { useWorlds } from "../../state/world_list";
import { STAGES, stageLabel, stageTone } from "../../words/kinds";
import { pluralize } from "../../words/numbers";
import { formatWorldTime } from "../../words/time";

const ORDERS: readonly [EcosystemOrder, string][] = [
  ["RECENTLY_ACTIVE", "Recently active"],
  ["NAME", "Name"],
  ["NEWEST", "Newest"],
];

/** The filter and order in the address. */
export function argumentsFromAddress() {
  const filter = { query: param("q") || null, mine: param("mine") ? true : null };
  return { filter, orderBy: (param("order") || "RECENTLY_ACTIVE") as EcosystemOrder };
}

export function Worlds() {
  useEffect(() => {
    document.title = "Worlds · The Character Observatory";
  }, []);
  const { filter, orderBy } = argumentsFromAddress();
  const { connection, failure, isLoading, loadMore, refetch } = useWorlds({ filter, orderBy });
  return (
    <main class="page worlds" id="content" tabIndex={-1}>
      <section class="welcome">
        <h1>Worlds of characters who remember</h1>
        <p>
          They meet, make friends and quarrel by rules that you can read. Open a world to see who is close to each other, watch
          it live, or start an interaction.
        </p>
      </section>
      <Tools orderBy={orderBy} />
      {failure ? (
        <FailureNotice failure={failure} retry={refetch} />
      ) : (
        <div class="cards" aria-busy={isLoading}>
          {connection?.edges.map(({ node }) => <Card key={node.id} world={node} />) ??
            [0, 1, 2].map((key) => <div key={key} class="card skeleton" aria-hidden="true" />)}
        </div>
      )}
      {connection && !connection.edges.length && <NoWorlds isFiltered={Boolean(filter.query || filter.mine)} />}
      {connection?.pageInfo.hasNextPage && <LoadMore loadNext={loadMore} isLoading={isLoading} />}
    </main>
  );
}

function Tools({ orderBy }: { orderBy: EcosystemOrder }) {
  return (
    <div class="tools">
      <input
        class="input grow"
        type="search"
        placeholder="Search worlds"
        aria-label="Search worlds"
        value={param("q")}
        onInput={(event) => replaceParams({ q: event.currentTarget.value })}
      />
      <select
        class="input"
        aria-label="Order"
        value={orderBy}
        onChange={(event) => replaceParams({ order: event.currentTarget.value })}
      >
        {ORDERS.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      {viewer.value && (
        <button
          type="button"
          class="button"
          aria-pressed={Boolean(param("mine"))}
          onClick={() => replaceParams({ mine: param("mine") ? null : "yes" })}
        >
          Mine only
        </button>
      )}
      {viewer.value && (
        <a class="button" href={hrefWith({ do: "import" })}>
          <Icon name="upload" /> Import a file
        </a>
      )}
      <a class="button main" href={hrefWith({ do: viewer.value ? "new-world" : "sign-up" })}>
        <Icon name="plus" /> New world
      </a>
    </div>
  );
}

function Card({ world }: { world: WorldCardFragment }) {
  const { summary } = world;
  return (
    <a class="card" href={`/worlds/${encodeURIComponent(world.id)}`}>
      <div class="row spread">
        <h2>{world.name}</h2>
        {world.visibility === "PRIVATE" && <span class="chip">private</span>}
      </div>
      <p>{world.description || "No description yet."}</p>
      <Stages counts={summary.relationshipsByStage} />
      <div class="counts">
        <span>{pluralize(summary.characters, "person", "people")}</span>
        <span>{pluralize(summary.relationships, "relationship")}</span>
        <span>{pluralize(summary.interactions, "interaction")}</span>
        <span class="muted">{formatWorldTime(world.clock.worldSeconds).split(",")[0]}</span>
      </div>
    </a>
  );
}

function Stages({ counts }: { counts: WorldCardFragment["summary"]["relationshipsByStage"] }) {
  const by = new Map(counts.map(({ stage, count }) => [stage, count]));
  const text = STAGES.filter((stage) => by.get(stage))
    .map((stage) => `${by.get(stage)} ${stageLabel(stage)}`)
    .join(", ");
  return (
    <div class="stages" role="img" aria-label={text ? `Relationships by stage: ${text}` : "No relationships yet"} title={text}>
      {STAGES.map((stage) =>
        by.get(stage) ? (
          <i
            key={stage}
            class={`tone-${stageTone(stage)}${stage === "FRIEND" || stage === "RIVAL" || stage === "STRANGER" ? " soft" : ""}`}
            style={{ flexGrow: by.get(stage) }}
          />
        ) : null,
      )}
    </div>
  );
}

function NoWorlds({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyNotice title="No matches.">
        <button type="button" class="button" onClick={() => replaceParams({ q: null, mine: null })}>
          Show all worlds
        </button>
      </EmptyNotice>
    );
  return (
    <EmptyNotice title="There are no worlds yet.">
      <p class="muted">Create one, or drop a play (TEI) or a network (GraphML, GEXF, CSV) onto this page.</p>
    </EmptyNotice>
  );
}
