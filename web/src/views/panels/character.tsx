/** One character: how it is, what it is like, whom it is tied to, what it did. */
import { useEffect } from "preact/hooks";
import { client } from "../../api/client";
import { useAnswer } from "../../api/query";
import { CharacterDocument, type CharacterQuery, FollowCharacterDocument } from "../../gql/graphql";
import { Icon } from "../../parts/icon";
import { EnergyMeter, Lean, ShareMeter } from "../../parts/meters";
import { Failed, Skeletons } from "../../parts/notices";
import { charactersOf } from "../../state/activity_filter";
import { worldNow } from "../../state/clock";
import { useRefresh } from "../../state/refresh";
import { here, param, selecting } from "../../state/route";
import { vitals } from "../../state/vitals";
import { energyWord, moodWord, percent, plural, signed } from "../../words/numbers";
import { worldTimeFrom } from "../../words/time";
import { CharacterConversations, CharacterMeasures, History } from "./character_history";
import { Ties } from "./ties";

type Found = NonNullable<CharacterQuery["character"]>;

const PARTS = [
  ["ties", "Ties"],
  ["history", "History"],
  ["talks", "Talks"],
  ["numbers", "Numbers"],
] as const;
const TRAITS = [
  ["openness", "Openness"],
  ["conscientiousness", "Conscientiousness"],
  ["extraversion", "Extraversion"],
  ["agreeableness", "Agreeableness"],
  ["neuroticism", "Neuroticism"],
] as const;

export function Character({ id }: { id: string }) {
  const { data, failure, again } = useAnswer(CharacterDocument, { id });
  useEffect(() => client.subscription(FollowCharacterDocument.toString(), { id }).subscribe(() => undefined).unsubscribe, [id]);
  useRefresh(again, (fact) => charactersOf(fact).includes(id));
  if (failure) return <Failed failure={failure} again={again} />;
  if (!data)
    return (
      <div class="panel" aria-busy="true">
        <Skeletons rows={12} height={36} />
      </div>
    );
  const found = data.character;
  if (!found)
    return (
      <div class="notice">
        <strong>Nobody is here by that id.</strong>
        <p class="muted">They may have left the world. What they did stays in the feed.</p>
        <a class="button" href={here(selecting({}))}>
          Back to the world
        </a>
      </div>
    );
  return (
    <article class="panel">
      <Head found={found} />
      <State found={found} />
      <Traits traits={found.traits} />
      <Parts found={found} />
    </article>
  );
}

function Head({ found }: { found: Found }) {
  return (
    <header class="stack">
      <div class="row spread top">
        <h1>{found.name}</h1>
        <div class="row">
          {found.viewerCanEdit && (
            <a
              class="button bare icon"
              href={here({ do: "character", of: found.id })}
              aria-label={`Edit ${found.name}`}
              title="Edit"
            >
              <Icon name="edit" />
            </a>
          )}
          <a class="button bare icon let-go" href={here(selecting({}))} aria-label="Let go" title="Let go (Escape)">
            <Icon name="close" />
          </a>
        </div>
      </div>
      {found.description && <p class="prose muted">{found.description}</p>}
      <p class="small muted">
        {found.isActive ? "" : "Away: can be seen, not met. "}
        {found.owner ? `Belongs to ${found.owner.name}. ` : ""}
        {plural(found.summary.interactions, "meeting")}, {plural(found.summary.messages, "line")} said,{" "}
        {plural(found.summary.friends, "friend")}, {plural(found.summary.rivals, "rival")}.
      </p>
      <p class="row wrap">
        <a class="button main" href={here(selecting({ meet: found.viewerCanAct ? `${found.id}~` : `~${found.id}` }))}>
          <Icon name="meet" /> {found.viewerCanAct ? "Meet somebody" : "Foretell a meeting"}
        </a>
        <a class="button" href={here(selecting({ path: `${found.id}~` }))}>
          <Icon name="way" /> Path to
        </a>
      </p>
    </header>
  );
}

function State({ found }: { found: Found }) {
  const felt = vitals.value.get(found.id);
  const energy = felt?.energy ?? found.energy;
  const mood = felt?.mood ?? found.mood;
  const now = worldNow();
  return (
    <dl class="facts">
      <dt>Energy</dt>
      <dd>
        <EnergyMeter energy={energy} />{" "}
        <span>
          {percent(energy)}, {energyWord(energy)}
        </span>
      </dd>
      <dt>Mood</dt>
      <dd>
        <Lean value={mood} label="Mood" /> <span>{moodWord(mood)}</span>
      </dd>
      <dt>Rested</dt>
      <dd>{rested(found, now)}</dd>
    </dl>
  );
}

function rested(found: Found, now: number | null): string {
  const { restForGreeting: greeting, restForChat: chat, restForConflict: conflict } = found;
  if (greeting === null && chat === null && conflict === null) return "for anything";
  if (greeting) return `even for a greeting from ${worldTimeFrom(greeting, now)}`;
  if (chat) return `for a chat from ${worldTimeFrom(chat, now)}`;
  return conflict ? `for a conflict from ${worldTimeFrom(conflict, now)}` : "for anything";
}

function Traits({ traits }: { traits: Found["traits"] }) {
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

function Parts({ found }: { found: Found }) {
  const part = param("part") || "ties";
  return (
    <section class="stack">
      <nav class="tabs small" aria-label={`Of ${found.name}`}>
        {PARTS.map(([name, word]) => (
          <a
            key={name}
            class="tab"
            href={here({ part: name === "ties" ? null : name })}
            aria-current={part === name ? "page" : undefined}
          >
            {word}
          </a>
        ))}
      </nav>
      {part === "ties" && <Ties id={found.id} />}
      {part === "history" && <History id={found.id} />}
      {part === "talks" && <CharacterConversations id={found.id} />}
      {part === "numbers" && (
        <>
          <AverageBond value={found.summary.averageBond} />
          <CharacterMeasures id={found.id} />
        </>
      )}
    </section>
  );
}

function AverageBond({ value }: { value: number | null | undefined }) {
  if (value === null || value === undefined) return null;
  return <p class="small muted">On average a bond of {signed(value)} to those it knows.</p>;
}
