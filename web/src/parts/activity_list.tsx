/** Facts as sentences, newest first, with a heading for each day. */
import { hrefWith, param, withSelection } from "../state/route";
import { describeFact, type Fact, toText } from "../words/activity";
import { dayOf, formatHour, formatWallTime, formatWorldTime } from "../words/time";
import { CharacterLink } from "./character_link";
import { KindMark } from "./kind_mark";

export function ActivityList({ facts }: { facts: readonly Fact[] }) {
  return (
    <ol class="days">
      {facts.map((fact, index) => {
        const before = facts[index - 1];
        const isNewDay = !before || dayOf(before.worldSeconds) !== dayOf(fact.worldSeconds);
        return [
          isNewDay && (
            <li key={`day ${dayOf(fact.worldSeconds)} ${fact.id}`} class="day small muted">
              Day {dayOf(fact.worldSeconds)}
            </li>
          ),
          <ActivityItem key={fact.id} fact={fact} />,
        ];
      })}
    </ol>
  );
}

function ActivityItem({ fact }: { fact: Fact }) {
  const { words, outcome, tone } = describeFact(fact);
  return (
    <li class="entry" aria-current={param("fact") === fact.id ? "true" : undefined}>
      <time title={`World time: ${formatWorldTime(fact.worldSeconds)}. Your time: ${formatWallTime(fact.createdAt)}.`}>
        {formatHour(fact.worldSeconds)}
      </time>
      {fact.__typename === "Interacted" && fact.interaction ? (
        <KindMark kind={fact.interaction.kind} tone={tone} />
      ) : (
        <span class={`dot ${tone}`} aria-hidden="true" />
      )}
      <p>
        {words.map((word, index) => (typeof word === "string" ? word : <CharacterLink key={index} {...word} />))}
        {outcome && <span class="muted"> {outcome}</span>}
      </p>
      <a class="why" href={hrefWith(withSelection({ fact: fact.id }))} aria-label={`Why: ${toText(words)}`}>
        why?
      </a>
    </li>
  );
}
