/** The characters of a world with search, order and filters. A row is a name, energy, mood, and the stage towards the
 * selected one. */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useQuery } from "../../api/query";
import {
  type CharacterOrder,
  PeopleDocument,
  type PersonRowFragment,
  type Stage,
  StagesTowardsDocument,
} from "../../gql/graphql";
import { Icon } from "../../parts/icon";
import { LoadMore } from "../../parts/load_more";
import { EnergyMeter } from "../../parts/meters";
import { EmptyNotice, FailureNotice, Skeleton } from "../../parts/notices";
import { StageChip } from "../../parts/stage_chip";
import { useRefetchOnFacts } from "../../state/refresh";
import { hrefWith, param, replaceParams, withSelection } from "../../state/route";
import { viewer } from "../../state/viewer";
import { vitals } from "../../state/vitals";
import { isEditor } from "../../state/world";
import { describeMood, formatSigned, pluralize } from "../../words/numbers";

const PAGE_SIZE = 100;
const ROW_PX = 40;
const ORDERS: readonly [CharacterOrder, string][] = [
  ["NAME", "Name"],
  ["MOST_ACTIVE", "Most active"],
  ["NEWEST", "Newest"],
];

export function People({ ecosystemId }: { ecosystemId: string }) {
  const query = useDebounced(param("q"));
  const filter = { query: query || null, isActive: param("active") ? true : null, mine: param("mine") ? true : null };
  const orderBy = (param("order") || "NAME") as CharacterOrder;
  const [after, setAfter] = useState<string | null>(null);
  useEffect(() => setAfter(null), [query, filter.isActive, filter.mine, orderBy]);
  const { data, failure, isLoading, refetch } = useQuery(PeopleDocument, {
    id: ecosystemId,
    first: PAGE_SIZE,
    after,
    filter,
    orderBy,
  });
  useRefetchOnFacts(
    refetch,
    ({ type }) => type === "CHARACTER_CREATED" || type === "CHARACTER_DELETED" || type === "CHARACTER_CHANGED",
  );
  const stages = useStagesTowards(param("who"));
  const people = data?.ecosystem?.characters;
  const next = useCallback(() => setAfter(people?.pageInfo.endCursor ?? null), [people?.pageInfo.endCursor]);
  return (
    <div class="people">
      <Tools total={people?.totalCount} orderBy={orderBy} />
      {failure ? (
        <FailureNotice failure={failure} retry={refetch} />
      ) : (
        <div class="list" aria-busy={isLoading} onKeyDown={moveFocus}>
          {!people && <Skeleton rows={14} height={ROW_PX} />}
          {people && (
            <ul>
              {people.edges.map(({ node }) => (
                <Row key={node.id} person={node} stage={stages.get(node.id)} />
              ))}
            </ul>
          )}
          {people && !people.edges.length && <NoPeople isFiltered={Boolean(query || filter.isActive || filter.mine)} />}
          {people?.pageInfo.hasNextPage && <LoadMore loadNext={next} isLoading={isLoading} />}
        </div>
      )}
    </div>
  );
}

function Tools({ total, orderBy }: { total: number | undefined; orderBy: CharacterOrder }) {
  return (
    <div class="people-tools">
      <div class="row">
        <input
          class="input"
          type="search"
          placeholder={total === undefined ? "Search people" : `Search ${pluralize(total, "person", "people")}`}
          aria-label="Search people"
          title="Press / to search"
          value={param("q")}
          onInput={(event) => replaceParams({ q: event.currentTarget.value })}
        />
        {isEditor.value && (
          <a class="button icon" href={hrefWith({ do: "new-character" })} aria-label="New person" title="New person">
            <Icon name="plus" />
          </a>
        )}
      </div>
      <div class="row">
        <select
          class="input compact"
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
        <Toggle name="active" word="Active" />
        {viewer.value && <Toggle name="mine" word="Mine" />}
        <span class="visually-hidden" role="status">
          {total === undefined ? "" : pluralize(total, "person", "people")}
        </span>
      </div>
    </div>
  );
}

function Toggle({ name, word }: { name: string; word: string }) {
  return (
    <button
      type="button"
      class="button bare compact"
      aria-pressed={Boolean(param(name))}
      onClick={() => replaceParams({ [name]: param(name) ? null : "yes" })}
    >
      {word}
    </button>
  );
}

function Row({ person, stage }: { person: PersonRowFragment; stage: Stage | undefined }) {
  const latest = vitals.value.get(person.id);
  const energy = latest?.energy ?? person.energy;
  const mood = latest?.mood ?? person.mood;
  const isSelected = param("who") === person.id;
  return (
    <li>
      <a class="person" href={hrefWith(withSelection({ who: person.id }))} aria-current={isSelected ? "true" : undefined}>
        <MoodMark mood={mood} />
        <span class="person-name">
          {person.name}
          {!person.isActive && <span class="muted small"> · inactive</span>}
        </span>
        {stage && stage !== "STRANGER" && stage !== "ACQUAINTANCE" && <StageChip stage={stage} />}
        <EnergyMeter energy={energy} />
      </a>
    </li>
  );
}

function MoodMark({ mood }: { mood: number }) {
  const tone = mood > 0.2 ? "warm" : mood < -0.2 ? "cold" : "even";
  return (
    <span class={`mood ${tone}`} title={`Mood ${describeMood(mood)} (${formatSigned(mood)})`}>
      <span class="visually-hidden">Mood {describeMood(mood)}.</span>
    </span>
  );
}

function NoPeople({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyNotice title="No matches.">
        <button type="button" class="button" onClick={() => replaceParams({ q: null, active: null, mine: null })}>
          Show all people
        </button>
      </EmptyNotice>
    );
  return (
    <EmptyNotice title="This world has no people yet.">
      {isEditor.value && (
        <a class="button main" href={hrefWith({ do: "new-character" })}>
          Create the first person
        </a>
      )}
    </EmptyNotice>
  );
}

/** The stage of each character's tie to `who`, by character id. */
function useStagesTowards(who: string): Map<string, Stage> {
  const { data } = useQuery(StagesTowardsDocument, who ? { id: who } : null, "cache-first");
  return useMemo(
    () =>
      new Map(
        who && data?.character?.id === who
          ? data.character.relationships.edges.map(({ node }) => [node.from.id, node.stage])
          : [],
      ),
    [data, who],
  );
}

function useDebounced(value: string): string {
  const [debounced, setDebounced] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    timer.current = setTimeout(() => setDebounced(value), value ? 160 : 0);
    return () => clearTimeout(timer.current);
  }, [value]);
  return debounced;
}

/** Arrow keys move the focus from row to row. */
function moveFocus(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("a.person")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
