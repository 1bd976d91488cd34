/** Facts as sentences, newest first, a heading for each day. */
import { here, param, selecting } from "../state/route";
import { asText, type Happening, sentence } from "../words/activity";
import { dayOf, hourOf, wallTime, worldTime } from "../words/time";
import { Name } from "./character_link";
import { KindMark } from "./kind_mark";

export function Days({ facts }: { facts: readonly Happening[] }) {
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
          <Entry key={fact.id} fact={fact} />,
        ];
      })}
    </ol>
  );
}

function Entry({ fact }: { fact: Happening }) {
  const { words, outcome, tone } = sentence(fact);
  return (
    <li class="entry" aria-current={param("fact") === fact.id ? "true" : undefined}>
      <time title={`${worldTime(fact.worldSeconds)} there; ${wallTime(fact.createdAt)} here`}>{hourOf(fact.worldSeconds)}</time>
      {fact.__typename === "Interacted" && fact.interaction ? (
        <KindMark kind={fact.interaction.kind} tone={tone} />
      ) : (
        <span class={`dot ${tone}`} aria-hidden="true" />
      )}
      <p>
        {words.map((word, index) => (typeof word === "string" ? word : <Name key={index} {...word} />))}
        {outcome && <span class="muted"> {outcome}</span>}
      </p>
      <a class="why" href={here(selecting({ fact: fact.id }))} aria-label={`Why: ${asText(words)}`}>
        why?
      </a>
    </li>
  );
}
