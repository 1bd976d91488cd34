/** The conversations of a world: the list, and the one that is open. */
import { useCallback, useState } from "preact/hooks";
import { useQuery } from "../../api/query";
import { ConversationsDocument } from "../../gql/graphql";
import { Icon } from "../../parts/icon";
import { LoadMore } from "../../parts/load_more";
import { EmptyNotice, FailureNotice, Skeleton } from "../../parts/notices";
import { useRefetchOnFacts } from "../../state/refresh";
import { hrefWith, param, replaceParams } from "../../state/route";
import { isEditor } from "../../state/world";
import { pluralize } from "../../words/numbers";
import { formatWorldTime } from "../../words/time";
import "../../styles/conversations.css";
import { ConversationView } from "./conversation";

const PAGE_SIZE = 30;

export function Conversations({ ecosystemId }: { ecosystemId: string }) {
  const talk = param("talk");
  return talk ? <ConversationView key={talk} id={talk} /> : <ConversationList ecosystemId={ecosystemId} />;
}

function ConversationList({ ecosystemId }: { ecosystemId: string }) {
  const isOnlyOpen = Boolean(param("open"));
  const [before, setBefore] = useState<string | null>(null);
  const { data, failure, isLoading, refetch } = useQuery(ConversationsDocument, {
    id: ecosystemId,
    last: PAGE_SIZE,
    before,
    filter: isOnlyOpen ? { isOpen: true } : null,
  });
  useRefetchOnFacts(
    refetch,
    ({ type }) => type === "CONVERSATION_OPENED" || type === "CONVERSATION_CLOSED" || type === "MESSAGE_SAID",
  );
  const page = data?.ecosystem?.conversations;
  const next = useCallback(() => setBefore(page?.pageInfo.startCursor ?? null), [page?.pageInfo.startCursor]);
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  return (
    <div class="talk-list" tabIndex={0} role="region" aria-label="Conversations">
      <div class="row spread">
        <button
          type="button"
          class="button bare compact"
          aria-pressed={isOnlyOpen}
          onClick={() => {
            setBefore(null);
            replaceParams({ open: isOnlyOpen ? null : "yes" });
          }}
        >
          Open only
        </button>
        {isEditor.value && (
          <a class="button" href={hrefWith({ do: "new-conversation" })}>
            <Icon name="plus" /> Open a conversation
          </a>
        )}
      </div>
      {!page && <Skeleton rows={10} height={64} />}
      {page && !page.edges.length && (
        <EmptyNotice title={isOnlyOpen ? "No conversation is open." : "No conversations yet."}>
          {isEditor.value && (
            <a class="button main" href={hrefWith({ do: "new-conversation" })}>
              Open the first conversation
            </a>
          )}
        </EmptyNotice>
      )}
      <ul class="talks" aria-busy={isLoading}>
        {page?.edges.toReversed().map(({ node }) => {
          const last = node.messages.edges[0]?.node;
          const names = node.participants.edges.map(({ node: one }) => one.name);
          const others = node.participants.totalCount - names.length;
          return (
            <li key={node.id}>
              <a class="talk" href={hrefWith({ talk: node.id })}>
                <span class="row spread">
                  <b>{node.title}</b> {node.isOpen ? <span class="chip">open</span> : <span class="small muted">ended</span>}
                </span>
                <span class="small muted">
                  {formatWorldTime(node.openedWorldSeconds)} · {pluralize(node.messages.totalCount, "message")} ·{" "}
                  {names.slice(0, 4).join(", ")}
                  {names.length > 4 || others > 0 ? ` and ${names.length - Math.min(4, names.length) + others} more` : ""}
                </span>
                {last && (
                  <span class="last-line">
                    {last.speakerNames.join(" and ")}: {last.text}
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
      {page?.pageInfo.hasPreviousPage && <LoadMore loadNext={next} isLoading={isLoading} />}
    </div>
  );
}
