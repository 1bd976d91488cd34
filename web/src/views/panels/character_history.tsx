/** What a character did, where it spoke, and where it stands in the networks. */
import { useCallback, useState } from "preact/hooks";
import { useAnswer } from "../../api/query";
import {
  CharacterConversationsDocument,
  CharacterHistoryDocument,
  CharacterMeasuresDocument,
  type NetworkKind,
} from "../../gql/graphql";
import { Days } from "../../parts/activity_list";
import { More } from "../../parts/load_more";
import { Empty, Failed, Skeletons } from "../../parts/notices";
import { here } from "../../state/route";
import { MEASURES, NETWORKS } from "../../words/measures";
import { measure, plural } from "../../words/numbers";
import { worldTime } from "../../words/time";
import "../../styles/conversations.css";

const PAGE = 30;

export function History({ id }: { id: string }) {
  const [before, setBefore] = useState<string | null>(null);
  const { data, failure, isLoading, again } = useAnswer(CharacterHistoryDocument, { id, last: PAGE, before });
  const found = data?.character?.activity;
  const next = useCallback(() => setBefore(found?.pageInfo.startCursor ?? null), [found?.pageInfo.startCursor]);
  if (failure) return <Failed failure={failure} again={again} />;
  if (!found) return <Skeletons rows={8} height={36} />;
  if (!found.edges.length) return <Empty title="It has done nothing yet." />;
  return (
    <>
      <div class="history">
        <Days facts={found.edges.toReversed().map(({ node }) => node)} />
      </div>
      {found.pageInfo.hasPreviousPage && <More next={next} isLoading={isLoading} />}
    </>
  );
}

export function CharacterConversations({ id }: { id: string }) {
  const { data, failure, again } = useAnswer(CharacterConversationsDocument, { id, last: PAGE, before: null });
  if (failure) return <Failed failure={failure} again={again} />;
  if (!data) return <Skeletons rows={6} height={44} />;
  const found = data.character?.conversations.edges.toReversed() ?? [];
  if (!found.length)
    return (
      <Empty title="It has not spoken in a conversation yet.">
        <a class="button" href={here({}, "conversations")}>
          See the conversations
        </a>
      </Empty>
    );
  return (
    <ul class="talks">
      {found.map(({ node }) => (
        <li key={node.id}>
          <a class="talk" href={here({ talk: node.id }, "conversations")}>
            <b>{node.title}</b>
            <span class="small muted">
              {worldTime(node.openedWorldSeconds)}, {plural(node.messages.totalCount, "line")}
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
  const { data, failure, again } = useAnswer(CharacterMeasuresDocument, { id, of });
  if (failure) return <Failed failure={failure} again={again} />;
  const found = data?.character?.measures;
  return (
    <div class="stack tight">
      <select
        class="input slim"
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
      {!data && <Skeletons rows={7} height={32} />}
      {data && !found && (
        <Empty title="Not yet computed; look again in a moment.">
          <button type="button" class="button" onClick={again}>
            Look again
          </button>
        </Empty>
      )}
      {found && (
        <dl class="facts measures">
          {MEASURES.map(({ key, word, means }) => (
            <div key={key}>
              <dt title={means}>{word}</dt>
              <dd>{measure(found[key])}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
