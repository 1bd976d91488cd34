/** One fact, with the reasons and effects of its interactions. */
import { useEffect, useState } from "preact/hooks";
import type { Failure } from "../../api/failures";
import { request } from "../../api/request";
import { type ActFragment, FactDocument } from "../../gql/graphql";
import { CharacterLink } from "../../parts/character_link";
import { Effects } from "../../parts/effects";
import { Icon } from "../../parts/icon";
import { FailureNotice, Skeleton } from "../../parts/notices";
import { ReasonsTable } from "../../parts/reasons_table";
import { hrefWith, withSelection } from "../../state/route";
import { describeFact, type Fact } from "../../words/activity";
import { describeChance, formatPercent, formatSigned } from "../../words/numbers";
import { formatWallTime, formatWorldTime } from "../../words/time";

export function FactPanel({ id }: { id: string }) {
  const [fact, setFact] = useState<Fact | null | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = () => {
    setFailure(null);
    void request(FactDocument, { id }).then((answer) => {
      if (answer.failure) setFailure(answer.failure);
      else setFact(answer.data.node && "position" in answer.data.node ? (answer.data.node as Fact) : null);
    });
  };
  useEffect(load, [id]);
  if (failure) return <FailureNotice failure={failure} retry={load} />;
  if (fact === undefined)
    return (
      <div class="panel">
        <Skeleton rows={10} height={36} />
      </div>
    );
  if (fact === null)
    return (
      <div class="notice">
        <strong>This entry does not exist, or you cannot see it.</strong>
      </div>
    );
  const { words, outcome } = describeFact(fact);
  return (
    <article class="panel">
      <div class="row spread top">
        <h1>{words.map((word, index) => (typeof word === "string" ? word : <CharacterLink key={index} {...word} />))}</h1>
        <a class="button bare icon deselect" href={hrefWith(withSelection({}))} aria-label="Clear selection">
          <Icon name="close" />
        </a>
      </div>
      <p class="muted small" title={formatWallTime(fact.createdAt)}>
        {outcome} {formatWorldTime(fact.worldSeconds)}. Entry {fact.position}
        {fact.actor ? `, by ${fact.actor.name}` : ""}.
      </p>
      {interactionsOf(fact).map((act) => (
        <InteractionReasons key={act.id} act={act} isTalk={fact.__typename === "MessageSaid"} />
      ))}
      {fact.__typename === "MessageSaid" && fact.message && (
        <a class="button" href={hrefWith(withSelection({ talk: fact.message.conversation.id }), "conversations")}>
          Read “{fact.message.conversation.title}”
        </a>
      )}
      {fact.__typename === "StageChanged" && fact.relationship && (
        <a class="button" href={hrefWith(withSelection({ tie: `${fact.relationship.from.id}~${fact.relationship.to.id}` }))}>
          See the relationship
        </a>
      )}
    </article>
  );
}

function interactionsOf(fact: Fact): readonly ActFragment[] {
  if (fact.__typename === "Interacted") return fact.interaction ? [fact.interaction] : [];
  return fact.__typename === "MessageSaid" ? (fact.message?.interactions.edges.map(({ node }) => node) ?? []) : [];
}

export function InteractionReasons({ act, isTalk = false }: { act: ActFragment; isTalk?: boolean }) {
  return (
    <>
      {act.content && <blockquote>{act.content}</blockquote>}
      <section class="stack tight">
        <h2>Why</h2>
        {isTalk || act.drawn === null ? (
          <p class="small muted">No dice: messages in a conversation are always accepted.</p>
        ) : (
          <ChanceBar act={act} />
        )}
        {!isTalk && <ReasonsTable reasons={act.reasons} initiator={act.initiatorName} responder={act.responderName} />}
      </section>
      <section class="stack tight">
        <h2>Effects</h2>
        <p class="small muted">
          How it felt: {act.initiatorName} {formatSigned(act.initiatorValence)}, {act.responderName}{" "}
          {formatSigned(act.responderValence)}.
        </p>
        <Effects effects={act.effects} />
      </section>
    </>
  );
}

/** The chance and the drawn number on a line from 0 to 1. A number left of the chance means accepted. */
function ChanceBar({ act }: { act: ActFragment }) {
  return (
    <div class="stack tight">
      <p>
        Chance {formatPercent(act.chance)}, {describeChance(act.chance)}. Dice: {act.drawn?.toFixed(2)},{" "}
        {act.accepted ? "below" : "above"} {act.chance.toFixed(2)}, so {act.accepted ? "accepted" : "declined"}.
      </p>
      <span class="draw" role="img" aria-label={`Dice: ${act.drawn?.toFixed(3)}, chance: ${act.chance.toFixed(3)}`}>
        <i style={{ width: `${act.chance * 100}%` }} />
        <b style={{ left: `${(act.drawn ?? 0) * 100}%` }} />
      </span>
    </div>
  );
}
