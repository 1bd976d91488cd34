/** The conversations of a world: a list, and the one that is read. */
import { useCallback, useState } from "preact/hooks";
import { useAnswer } from "../../api/query";
import { ConversationsDocument } from "../../gql/graphql";
import { Icon } from "../../parts/icon";
import { More } from "../../parts/load_more";
import { Empty, Failed, Skeletons } from "../../parts/notices";
import { useRefresh } from "../../state/refresh";
import { here, note, param } from "../../state/route";
import { isEditor } from "../../state/world";
import { plural } from "../../words/numbers";
import { worldTime } from "../../words/time";
import "../../styles/conversations.css";
import { ConversationView } from "./conversation";

const PAGE = 30;

export function Conversations({ ecosystem }: { ecosystem: string }) {
  const talk = param("talk");
  return talk ? <ConversationView key={talk} id={talk} /> : <ConversationList ecosystem={ecosystem} />;
}

function ConversationList({ ecosystem }: { ecosystem: string }) {
  const isOnlyOpen = Boolean(param("open"));
  const [before, setBefore] = useState<string | null>(null);
  const { data, failure, isLoading, again } = useAnswer(ConversationsDocument, {
    id: ecosystem,
    last: PAGE,
    before,
    filter: isOnlyOpen ? { isOpen: true } : null,
  });
  useRefresh(again, ({ type }) => type === "CONVERSATION_OPENED" || type === "CONVERSATION_CLOSED" || type === "MESSAGE_SAID");
  const found = data?.ecosystem?.conversations;
  const next = useCallback(() => setBefore(found?.pageInfo.startCursor ?? null), [found?.pageInfo.startCursor]);
  if (failure) return <Failed failure={failure} again={again} />;
  return (
    <div class="talk-list" tabIndex={0} role="region" aria-label="Conversations">
      <div class="row spread">
        <button
          type="button"
          class="button bare slim"
          aria-pressed={isOnlyOpen}
          onClick={() => {
            setBefore(null);
            note({ open: isOnlyOpen ? null : "yes" });
          }}
        >
          Only open ones
        </button>
        {isEditor.value && (
          <a class="button" href={here({ do: "new-conversation" })}>
            <Icon name="plus" /> Open a conversation
          </a>
        )}
      </div>
      {!found && <Skeletons rows={10} height={64} />}
      {found && !found.edges.length && (
        <Empty title={isOnlyOpen ? "No conversation is open." : "Nobody has talked here yet."}>
          {isEditor.value && (
            <a class="button main" href={here({ do: "new-conversation" })}>
              Open the first one
            </a>
          )}
        </Empty>
      )}
      <ul class="talks" aria-busy={isLoading}>
        {found?.edges.toReversed().map(({ node }) => {
          const last = node.messages.edges[0]?.node;
          const names = node.participants.edges.map(({ node: one }) => one.name);
          const others = node.participants.totalCount - names.length;
          return (
            <li key={node.id}>
              <a class="talk" href={here({ talk: node.id })}>
                <span class="row spread">
                  <b>{node.title}</b> {node.isOpen ? <span class="chip">open</span> : <span class="small muted">closed</span>}
                </span>
                <span class="small muted">
                  {worldTime(node.openedWorldSeconds)} · {plural(node.messages.totalCount, "line")} ·{" "}
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
      {found?.pageInfo.hasPreviousPage && <More next={next} isLoading={isLoading} />}
    </div>
  );
}
