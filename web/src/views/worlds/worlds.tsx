/** All worlds that the viewer may see. A first visit reads here what this is and what to do. */
import { useEffect } from "preact/hooks";
import type { EcosystemOrder, WorldCardFragment } from "../../gql/graphql";
import { Icon } from "../../parts/icon";
import { More } from "../../parts/load_more";
import { Empty, Failed } from "../../parts/notices";
import { here, note, param } from "../../state/route";
import { me } from "../../state/viewer";
import { useWorlds } from "../../state/world_list";
import { STAGES, stageTone, stageWord } from "../../words/kinds";
import { plural } from "../../words/numbers";
import { worldTime } from "../../words/time";

const ORDERS: readonly [EcosystemOrder, string][] = [
  ["RECENTLY_ACTIVE", "Recently active"],
  ["NAME", "Name"],
  ["NEWEST", "Newest"],
];

/** What the address asks for. */
export function wanted() {
  const filter = { query: param("q") || null, mine: param("mine") ? true : null };
  return { filter, orderBy: (param("order") || "RECENTLY_ACTIVE") as EcosystemOrder };
}

export function Worlds() {
  useEffect(() => {
    document.title = "Worlds · The Character Observatory";
  }, []);
  const { filter, orderBy } = wanted();
  const { found, failure, isLoading, more, again } = useWorlds({ filter, orderBy });
  return (
    <main class="page worlds" id="content" tabIndex={-1}>
      <section class="welcome">
        <h1>Worlds of people who remember</h1>
        <p>
          They meet, befriend and quarrel by rules that can be looked up. Open a world to see who is close to whom, watch it
          live, or let two of them meet.
        </p>
      </section>
      <Tools orderBy={orderBy} />
      {failure ? (
        <Failed failure={failure} again={again} />
      ) : (
        <div class="cards" aria-busy={isLoading}>
          {found?.edges.map(({ node }) => <Card key={node.id} world={node} />) ??
            [0, 1, 2].map((key) => <div key={key} class="card skeleton" aria-hidden="true" />)}
        </div>
      )}
      {found && !found.edges.length && <NoWorlds isFiltered={Boolean(filter.query || filter.mine)} />}
      {found?.pageInfo.hasNextPage && <More next={more} isLoading={isLoading} />}
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
        onInput={(event) => note({ q: event.currentTarget.value })}
      />
      <select class="input" aria-label="Order" value={orderBy} onChange={(event) => note({ order: event.currentTarget.value })}>
        {ORDERS.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      {me.value && (
        <button
          type="button"
          class="button"
          aria-pressed={Boolean(param("mine"))}
          onClick={() => note({ mine: param("mine") ? null : "yes" })}
        >
          Mine only
        </button>
      )}
      {me.value && (
        <a class="button" href={here({ do: "import" })}>
          <Icon name="upload" /> Import a file
        </a>
      )}
      <a class="button main" href={here({ do: me.value ? "new-world" : "sign-up" })}>
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
        <span>{plural(summary.characters, "person", "people")}</span>
        <span>{plural(summary.relationships, "tie")}</span>
        <span>{plural(summary.interactions, "meeting")}</span>
        <span class="muted">{worldTime(world.clock.worldSeconds).split(",")[0]}</span>
      </div>
    </a>
  );
}

function Stages({ counts }: { counts: WorldCardFragment["summary"]["relationshipsByStage"] }) {
  const by = new Map(counts.map(({ stage, count }) => [stage, count]));
  const text = STAGES.filter((stage) => by.get(stage))
    .map((stage) => `${by.get(stage)} ${stageWord(stage)}`)
    .join(", ");
  return (
    <div class="stages" role="img" aria-label={text ? `Ties by stage: ${text}` : "No ties yet"} title={text}>
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
      <Empty title="No world fits.">
        <button type="button" class="button" onClick={() => note({ q: null, mine: null })}>
          Show all worlds
        </button>
      </Empty>
    );
  return (
    <Empty title="No world is here yet.">
      <p class="muted">Make one, or drop a play (TEI), a network (GraphML, GEXF, CSV) onto this page.</p>
    </Empty>
  );
}
