/** One character: its state, traits, ties, history, conversations and measures. */
import { useEffect } from "preact/hooks";
import { client } from "../../api/client";
import { useQuery } from "../../api/query";
import { CharacterDocument, type CharacterQuery, FollowCharacterDocument } from "../../gql/graphql";
import { Icon } from "../../parts/icon";
import { EnergyMeter, ShareMeter, SignedMeter } from "../../parts/meters";
import { FailureNotice, Skeleton } from "../../parts/notices";
import { charactersOf } from "../../state/activity_filter";
import { currentWorldSeconds } from "../../state/clock";
import { useRefetchOnFacts } from "../../state/refresh";
import { hrefWith, param, withSelection } from "../../state/route";
import { vitals } from "../../state/vitals";
import { describeEnergy, describeMood, formatPercent, formatSigned, pluralize } from "../../words/numbers";
import { formatWorldTimeSince } from "../../words/time";
import { CharacterConversations, CharacterMeasures, History } from "./character_history";
import { Ties } from "./ties";

type CharacterDetails = NonNullable<CharacterQuery["character"]>;

const TABS = [
  ["ties", "Relationships"],
  ["history", "History"],
  ["talks", "Conversations"],
  ["numbers", "Numbers"],
] as const;
const TRAITS = [
  ["openness", "Openness"],
  ["conscientiousness", "Conscientiousness"],
  ["extraversion", "Extraversion"],
  ["agreeableness", "Agreeableness"],
  ["neuroticism", "Neuroticism"],
] as const;

export function CharacterPanel({ id }: { id: string }) {
  const { data, failure, refetch } = useQuery(CharacterDocument, { id });
  useEffect(() => client.subscription(FollowCharacterDocument.toString(), { id }).subscribe(() => undefined).unsubscribe, [id]);
  useRefetchOnFacts(refetch, (fact) => charactersOf(fact).includes(id));
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  if (!data)
    return (
      <div class="panel" aria-busy="true">
        <Skeleton rows={12} height={36} />
      </div>
    );
  const character = data.character;
  if (!character)
    return (
      <div class="notice">
        <strong>This character does not exist.</strong>
        <p class="muted">The character may have been deleted. The feed still shows past interactions.</p>
        <a class="button" href={hrefWith(withSelection({}))}>
          Back to the world
        </a>
      </div>
    );
  return (
    <article class="panel">
      <CharacterHeader character={character} />
      <Condition character={character} />
      <Traits traits={character.traits} />
      <CharacterTabs character={character} />
    </article>
  );
}

function CharacterHeader({ character }: { character: CharacterDetails }) {
  return (
    <header class="stack">
      <div class="row spread top">
        <h1>{character.name}</h1>
        <div class="row">
          {character.viewerCanEdit && (
            <a
              class="button bare icon"
              href={hrefWith({ do: "character", of: character.id })}
              aria-label={`Edit ${character.name}`}
              title="Edit"
            >
              <Icon name="edit" />
            </a>
          )}
          <a
            class="button bare icon deselect"
            href={hrefWith(withSelection({}))}
            aria-label="Clear selection"
            title="Clear selection (Escape)"
          >
            <Icon name="close" />
          </a>
        </div>
      </div>
      {character.description && <p class="prose muted">{character.description}</p>}
      <p class="small muted">
        {character.isActive ? "" : "Inactive. "}
        {character.owner ? `Owned by ${character.owner.name}. ` : ""}
        {pluralize(character.summary.interactions, "interaction")}, {pluralize(character.summary.messages, "message")},{" "}
        {pluralize(character.summary.friends, "friend")}, {pluralize(character.summary.rivals, "rival")}.
      </p>
      <p class="row wrap">
        <a
          class="button main"
          href={hrefWith(withSelection({ meet: character.viewerCanAct ? `${character.id}~` : `~${character.id}` }))}
        >
          <Icon name="meet" /> {character.viewerCanAct ? "Interact with…" : "Preview an interaction"}
        </a>
        <a class="button" href={hrefWith(withSelection({ path: `${character.id}~` }))}>
          <Icon name="way" /> Path to…
        </a>
      </p>
    </header>
  );
}

function Condition({ character }: { character: CharacterDetails }) {
  const latest = vitals.value.get(character.id);
  const energy = latest?.energy ?? character.energy;
  const mood = latest?.mood ?? character.mood;
  const now = currentWorldSeconds();
  return (
    <dl class="facts">
      <dt>Energy</dt>
      <dd>
        <EnergyMeter energy={energy} />{" "}
        <span>
          {formatPercent(energy)}, {describeEnergy(energy)}
        </span>
      </dd>
      <dt>Mood</dt>
      <dd>
        <SignedMeter value={mood} label="Mood" /> <span>{describeMood(mood)}</span>
      </dd>
      <dt>Rest</dt>
      <dd>{restText(character, now)}</dd>
    </dl>
  );
}

const ENOUGH = "enough energy for every interaction";

function restText(character: CharacterDetails, now: number | null): string {
  const { restForGreeting: greeting, restForChat: chat, restForConflict: conflict } = character;
  if (greeting === null && chat === null && conflict === null) return ENOUGH;
  if (greeting) return `enough energy for a greeting at ${formatWorldTimeSince(greeting, now)}`;
  if (chat) return `enough energy for a chat at ${formatWorldTimeSince(chat, now)}`;
  return conflict ? `enough energy for a conflict at ${formatWorldTimeSince(conflict, now)}` : ENOUGH;
}

function Traits({ traits }: { traits: CharacterDetails["traits"] }) {
  return (
    <dl class="facts traits" aria-label="Traits">
      {TRAITS.map(([key, word]) => (
        <div key={key}>
          <dt>{word}</dt>
          <dd>
            <ShareMeter share={traits[key]} label={word} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function CharacterTabs({ character }: { character: CharacterDetails }) {
  const part = param("part") || "ties";
  return (
    <section class="stack">
      <nav class="tabs small" aria-label={`Details of ${character.name}`}>
        {TABS.map(([name, word]) => (
          <a
            key={name}
            class="tab"
            href={hrefWith({ part: name === "ties" ? null : name })}
            aria-current={part === name ? "page" : undefined}
          >
            {word}
          </a>
        ))}
      </nav>
      {part === "ties" && <Ties id={character.id} name={character.name} />}
      {part === "history" && <History id={character.id} />}
      {part === "talks" && <CharacterConversations id={character.id} />}
      {part === "numbers" && (
        <>
          <AverageBond value={character.summary.averageBond} />
          <CharacterMeasures id={character.id} />
        </>
      )}
    </section>
  );
}

function AverageBond({ value }: { value: number | null | undefined }) {
  if (value === null || value === undefined) return null;
  return <p class="small muted">Average bond: {formatSigned(value)}.</p>;
}
