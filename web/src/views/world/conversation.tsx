/** One conversation: speakers, their lines, and the effects of each line in the margin. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { mutate } from "../../api/query";
import { CloseConversationDocument, type LineFragment, type PersonRowFragment } from "../../gql/graphql";
import { CharacterLink } from "../../parts/character_link";
import { Icon } from "../../parts/icon";
import { EnergyMeter } from "../../parts/meters";
import { FailureNotice, Skeleton } from "../../parts/notices";
import { currentWorldSeconds } from "../../state/clock";
import { ConversationStore, type PendingMessage } from "../../state/conversation_store";
import { hrefWith, param } from "../../state/route";
import { vitals } from "../../state/vitals";
import { isEditor, world } from "../../state/world";
import { formatPercent, formatSigned, pluralize } from "../../words/numbers";
import { formatWorldTime, formatWorldTimeSince } from "../../words/time";

export function ConversationView({ id }: { id: string }) {
  const store = useMemo(() => new ConversationStore(id), [id]);
  useEffect(() => () => store.close(), [store]);
  const conversation = store.conversation.value;
  if (store.failure.value && !conversation)
    return <FailureNotice failure={store.failure.value} retry={() => void store.open()} />;
  if (conversation === undefined)
    return (
      <div class="script-room">
        <Skeleton rows={10} height={64} />
      </div>
    );
  if (conversation === null)
    return (
      <div class="notice">
        <strong>This conversation does not exist, or you cannot see it.</strong>
        <a class="button" href={hrefWith({ talk: null })}>
          All conversations
        </a>
      </div>
    );
  return (
    <article class="script-room">
      <header class="script-head">
        <a class="button bare icon" href={hrefWith({ talk: null })} aria-label="All conversations">
          <Icon name="left" />
        </a>
        <div>
          <h1>{conversation.title}</h1>
          <p class="small muted">
            {formatWorldTime(conversation.openedWorldSeconds)}
            {conversation.closedWorldSeconds
              ? ` to ${formatWorldTimeSince(conversation.closedWorldSeconds, conversation.openedWorldSeconds)}`
              : ""}{" "}
            · {pluralize(Math.max(conversation.messages.totalCount, store.lines.value.length), "message")} ·{" "}
            {pluralize(conversation.participants.totalCount, "participant")}
          </p>
        </div>
        <span class="spacer" />
        {conversation.isOpen && isEditor.value && <CloseButton store={store} id={id} />}
      </header>
      <Lines store={store} />
      {conversation.isOpen ? (
        <MessageForm store={store} people={conversation.participants.edges.map(({ node }) => node)} />
      ) : (
        <p class="closed-note muted">
          This conversation has ended.{" "}
          {isEditor.value && (
            <a class="link" href={hrefWith({ do: "new-conversation" })}>
              Open a new conversation
            </a>
          )}
        </p>
      )}
    </article>
  );
}

function CloseButton({ store, id }: { store: ConversationStore; id: string }) {
  const closeConversation = async () => {
    await mutate(CloseConversationDocument, { input: { id } });
    await store.open();
  };
  return (
    <button type="button" class="button" onClick={() => void closeConversation()}>
      End conversation
    </button>
  );
}

function Lines({ store }: { store: ConversationStore }) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lines = store.lines.value;
  const pending = store.pending.value;
  const earliest = lines[0]?.number;
  const before = useRef({ height: 0, earliest });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    else if (before.current.earliest !== earliest) element.scrollTop += element.scrollHeight - before.current.height;
    before.current = { height: element.scrollHeight, earliest };
  }, [lines, pending]);
  return (
    <div
      class="script"
      ref={list}
      tabIndex={0}
      role="log"
      aria-label="Messages"
      onScroll={({ currentTarget: element }) =>
        (isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 40)
      }
    >
      {store.hasEarlier.value && (
        <button
          type="button"
          class="button bare more"
          disabled={store.isLoading.value}
          onClick={() => void store.loadEarlier()}
        >
          Earlier messages
        </button>
      )}
      {!lines.length && !pending.length && <p class="muted">No messages yet.</p>}
      {lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
      {pending.map((line) => (
        <PendingLine key={line.key} line={line} store={store} />
      ))}
    </div>
  );
}

function Line({ line }: { line: LineFragment }) {
  const act = line.interactions.edges[0]?.node;
  const now = currentWorldSeconds();
  return (
    <div class="line" data-number={line.number}>
      <p class="speaker">
        {line.speakerNames.map((name, index) => (
          <span key={index}>
            {index ? " and " : ""}
            <CharacterLink name={name} id={line.speakers[index]?.id} />
          </span>
        ))}{" "}
        <time class="small muted" title={formatWorldTime(line.worldSeconds)}>
          {formatWorldTimeSince(line.worldSeconds, now)}
        </time>
      </p>
      <p class="words">{line.text}</p>
      {act && (
        <aside class="effect-notes small" aria-label="Effects">
          {act.effects.map(({ fromName, toName, before, after }, index) => (
            <span key={index} title={`${fromName} for ${toName}`}>
              <i class={after.affinity < before.affinity ? "cold" : "warm"} />
              {fromName}: {formatSigned(after.affinity - before.affinity, 3)}
            </span>
          ))}
          {world.value?.ruleSet.name === "script" && <em>from the sentiment of the text</em>}
        </aside>
      )}
    </div>
  );
}

function PendingLine({ line, store }: { line: PendingMessage; store: ConversationStore }) {
  const error = line.error;
  return (
    <div class={`line pending${error ? " failed" : ""}`}>
      <p class="speaker">
        {line.speakerName} <span class="small muted">{error ? "not sent" : "sending …"}</span>
      </p>
      <p class="words">{line.text}</p>
      {error && (
        <p class="problem row wrap" role="alert">
          {"refusal" in error ? error.refusal.explanation : error.failure.title}
          {"refusal" in error && error.refusal.restedWorldSeconds
            ? ` Enough energy at ${formatWorldTimeSince(error.refusal.restedWorldSeconds, currentWorldSeconds())}.`
            : ""}
          <button type="button" class="button" onClick={() => void store.retry(line)}>
            Send again
          </button>
          <button type="button" class="button bare" onClick={() => store.discard(line.key)}>
            Discard
          </button>
        </p>
      )}
    </div>
  );
}

/** The form that says a line: the speaker, the text, and the cost. Enter sends it. */
function MessageForm({ store, people }: { store: ConversationStore; people: readonly PersonRowFragment[] }) {
  const speakers = people.filter(({ viewerCanAct, isActive }) => viewerCanAct && isActive);
  const lastSpeakerIds = store.lines.value.at(-1)?.speakers.map(({ id }) => id) ?? [];
  const suggested = param("as") || speakers.find(({ id }) => !lastSpeakerIds.includes(id))?.id;
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState("");
  const speaker = speakers.find(({ id }) => id === (chosen ?? suggested)) ?? speakers[0];
  if (!speaker) return <p class="closed-note muted">You cannot write here: you cannot act as any of the participants.</p>;
  const cost = world.value?.ruleSet.kinds.find(({ kind }) => kind === "CHAT")?.cost ?? 0;
  const isFree = !lastSpeakerIds.length || lastSpeakerIds.every((id) => id === speaker.id);
  const energy = vitals.value.get(speaker.id)?.energy ?? speaker.energy;
  const submit = () => {
    if (!text.trim()) return;
    void store.say(speaker.id, speaker.name, text.trim());
    setText("");
    setChosen(null);
  };
  return (
    <form
      class="message-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="row wrap">
        <label class="row">
          <span class="small muted">As</span>
          <select class="input compact" value={speaker.id} onChange={(event) => setChosen(event.currentTarget.value)}>
            {speakers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <EnergyMeter energy={energy} label={`Energy of ${speaker.name}`} />
        <span class="small muted">
          {isFree
            ? "no cost"
            : energy < cost
              ? `costs ${formatPercent(cost)} of energy; too tired now`
              : `costs ${formatPercent(cost)} of energy`}
        </span>
      </div>
      <div class="row">
        <textarea
          class="input"
          rows={1}
          aria-label={`Message as ${speaker.name}`}
          placeholder={`Message as ${speaker.name}; Enter sends it`}
          value={text}
          maxLength={10_000}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              submit();
            }
          }}
        />
        <button type="submit" class="button main" disabled={!text.trim()}>
          Send
        </button>
      </div>
    </form>
  );
}
