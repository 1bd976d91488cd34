/** A character's ties with their reverse ties, as mirrored bars. */
import { useCallback, useState } from "preact/hooks";
import { useQuery } from "../../api/query";
import { type Direction, type RelationshipOrder, TiesDocument, type TiesQuery } from "../../gql/graphql";
import { LoadMore } from "../../parts/load_more";
import { SignedMeter } from "../../parts/meters";
import { EmptyNotice, FailureNotice, Skeleton } from "../../parts/notices";
import { StageChip } from "../../parts/stage_chip";
import { hrefWith, withSelection } from "../../state/route";
import { stageLabel } from "../../words/kinds";

type Tie = NonNullable<TiesQuery["character"]>["relationships"]["edges"][number]["node"];

const PAGE_SIZE = 12;
const ORDERS: readonly [RelationshipOrder, string][] = [
  ["STRONGEST", "Strongest"],
  ["WARMEST", "Warmest"],
  ["COLDEST", "Coldest"],
  ["NEWEST", "Newest"],
];

export function Ties({ id, name }: { id: string; name: string }) {
  const [direction, setDirection] = useState<Direction>("OUTGOING");
  const [orderBy, setOrderBy] = useState<RelationshipOrder>("STRONGEST");
  const [after, setAfter] = useState<string | null>(null);
  const { data, failure, isLoading, refetch } = useQuery(TiesDocument, {
    id,
    first: PAGE_SIZE,
    after,
    direction,
    orderBy,
    filter: null,
  });
  const ties = data?.character?.relationships;
  const next = useCallback(() => setAfter(ties?.pageInfo.endCursor ?? null), [ties?.pageInfo.endCursor]);
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  const isOutgoing = direction === "OUTGOING";
  return (
    <div class="stack tight">
      <div class="row wrap">
        <button
          type="button"
          class="button bare compact"
          aria-pressed={isOutgoing}
          onClick={() => {
            setDirection("OUTGOING");
            setAfter(null);
          }}
        >
          {name}'s feelings
        </button>
        <button
          type="button"
          class="button bare compact"
          aria-pressed={!isOutgoing}
          onClick={() => {
            setDirection("INCOMING");
            setAfter(null);
          }}
        >
          Feelings towards {name}
        </button>
        <span class="spacer" />
        <select
          class="input compact"
          aria-label="Order of relationships"
          value={orderBy}
          onChange={(event) => {
            setOrderBy(event.currentTarget.value as RelationshipOrder);
            setAfter(null);
          }}
        >
          {ORDERS.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </div>
      {!ties && <Skeleton rows={8} height={44} />}
      {ties && !ties.edges.length && <EmptyNotice title={`${name} has not met anyone yet.`} />}
      {ties && (
        <ul class="ties" aria-busy={isLoading}>
          {ties.edges.map(({ node }) => (
            <TieRow key={node.id} tie={node} isOutgoing={isOutgoing} />
          ))}
        </ul>
      )}
      {ties?.pageInfo.hasNextPage && <LoadMore loadNext={next} isLoading={isLoading} />}
    </div>
  );
}

function TieRow({ tie, isOutgoing }: { tie: Tie; isOutgoing: boolean }) {
  const other = isOutgoing ? tie.to : tie.from;
  const own = isOutgoing ? tie : tie.reverse;
  const theirs = isOutgoing ? tie.reverse : tie;
  const differs = own && theirs && own.stage !== theirs.stage;
  return (
    <li>
      <a class="tie" href={hrefWith(withSelection({ tie: `${tie.from.id}~${tie.to.id}` }))}>
        <span class="tie-name">{other.name}</span>
        <StageChip stage={tie.stage} />
        <span class="mirror">
          <SignedMeter value={own?.bond ?? 0} label={`Bond towards ${other.name}`} />
          <SignedMeter value={theirs?.bond ?? 0} label={`Bond of ${other.name} in return`} isMirrored />
        </span>
        {differs && <span class="small muted">in return: {stageLabel(isOutgoing ? theirs.stage : own.stage)}</span>}
      </a>
    </li>
  );
}
