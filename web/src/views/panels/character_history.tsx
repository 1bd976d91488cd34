/** The history of a character, its conversations, and its measures in networks. */
import { useCallback, useState } from "preact/hooks";
import { useQuery } from "../../api/query";
import {
  CharacterConversationsDocument,
  CharacterHistoryDocument,
  CharacterMeasuresDocument,
  type NetworkKind,
} from "../../gql/graphql";
import { ActivityList } from "../../parts/activity_list";
import { LoadMore } from "../../parts/load_more";
import { EmptyNotice, FailureNotice, Skeleton } from "../../parts/notices";
import { hrefWith } from "../../state/route";
import { MEASURES, NETWORKS } from "../../words/measures";
import { formatMeasure, pluralize } from "../../words/numbers";
import { formatWorldTime } from "../../words/time";
import "../../styles/conversations.css";

const PAGE_SIZE = 30;

export function History({ id }: { id: string }) {
  const [before, setBefore] = useState<string | null>(null);
  const { data, failure, isLoading, refetch } = useQuery(CharacterHistoryDocument, { id, last: PAGE_SIZE, before });
  const result = data?.character?.activity;
  const next = useCallback(() => setBefore(result?.pageInfo.startCursor ?? null), [result?.pageInfo.startCursor]);
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  if (!result) return <Skeleton rows={8} height={36} />;
  if (!result.edges.length) return <EmptyNotice title="No activity yet." />;
  return (
    <>
      <div class="history">
        <ActivityList facts={result.edges.toReversed().map(({ node }) => node)} />
      </div>
      {result.pageInfo.hasPreviousPage && <LoadMore loadNext={next} isLoading={isLoading} />}
    </>
  );
}

export function CharacterConversations({ id }: { id: string }) {
  const { data, failure, refetch } = useQuery(CharacterConversationsDocument, { id, last: PAGE_SIZE, before: null });
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  if (!data) return <Skeleton rows={6} height={44} />;
  const result = data.character?.conversations.edges.toReversed() ?? [];
  if (!result.length)
    return (
      <EmptyNotice title="No conversations yet.">
        <a class="button" href={hrefWith({}, "conversations")}>
          All conversations
        </a>
      </EmptyNotice>
    );
  return (
    <ul class="talks">
      {result.map(({ node }) => (
        <li key={node.id}>
          <a class="talk" href={hrefWith({ talk: node.id }, "conversations")}>
            <b>{node.title}</b>
            <span class="small muted">
              {formatWorldTime(node.openedWorldSeconds)}, {pluralize(node.messages.totalCount, "message")}
              {node.isOpen ? ", open" : ""}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function CharacterMeasures({ id }: { id: string }) {
  const [of, setOf] = useState<NetworkKind>("RELATIONSHIPS");
  const { data, failure, refetch } = useQuery(CharacterMeasuresDocument, { id, of });
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  const result = data?.character?.measures;
  return (
    <div class="stack tight">
      <select
        class="input compact"
        aria-label="Network"
        value={of}
        onChange={(event) => setOf(event.currentTarget.value as NetworkKind)}
      >
        {NETWORKS.map(({ kind, word }) => (
          <option key={kind} value={kind}>
            {word}
          </option>
        ))}
      </select>
      {!data && <Skeleton rows={7} height={32} />}
      {data && !result && (
        <EmptyNotice title="Not computed yet. Try again in a moment.">
          <button type="button" class="button" onClick={refetch}>
            Try again
          </button>
        </EmptyNotice>
      )}
      {result && (
        <dl class="facts measures">
          {MEASURES.map(({ key, word, means }) => (
            <div key={key}>
              <dt title={means}>{word}</dt>
              <dd>{formatMeasure(result[key])}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
