/** Letting two meet: who, whom and how; cost, chance and reasons before, what it did after. */
import { useEffect, useState } from "preact/hooks";
import { change, type Refusal, useAnswer } from "../../api/query";
import {
  type ActFragment,
  ForecastDocument,
  type ForecastQuery,
  InteractDocument,
  type InteractionKind,
} from "../../gql/graphql";
import { Chooser } from "../../parts/combobox";
import { Effects } from "../../parts/effects";
import { useSending } from "../../parts/form";
import { Icon } from "../../parts/icon";
import { KindMark } from "../../parts/kind_mark";
import { EnergyMeter } from "../../parts/meters";
import { Failed, Skeletons } from "../../parts/notices";
import { Balance } from "../../parts/reasons_table";
import { charactersOf } from "../../state/activity_filter";
import { worldNow } from "../../state/clock";
import { newKey } from "../../state/idempotency_keys";
import { useRefresh } from "../../state/refresh";
import { here, note, param, selecting } from "../../state/route";
import { me } from "../../state/viewer";
import { world } from "../../state/world";
import { KINDS, kindWords } from "../../words/kinds";
import { chanceWord, percent } from "../../words/numbers";
import { span, worldTimeFrom } from "../../words/time";
import { Why } from "./fact";

type Forecast = Extract<ForecastQuery["forecast"], { __typename: "Forecast" }>;

export function Meet({ ecosystem }: { ecosystem: string }) {
  const [from = "", to = "", chosen] = param("meet").split("~");
  const kinds = KINDS.filter(({ kind }) => world.value?.ruleSet.kinds.some((rule) => rule.kind === kind) ?? true);
  const kind = (chosen || kinds.find(({ kind }) => kind === "CHAT")?.kind || "CHAT") as InteractionKind;
  const [done, setDone] = useState<ActFragment | null>(null);
  useEffect(() => setDone(null), [from, to, kind]);
  const set = (parts: { from?: string; to?: string; kind?: string }) =>
    note({ meet: [parts.from ?? from, parts.to ?? to, parts.kind ?? kind].join("~") });
  return (
    <article class="panel">
      <div class="row spread top">
        <h1>Let two meet</h1>
        <a class="button bare icon let-go" href={here(selecting({ who: from || to || null }))} aria-label="Close">
          <Icon name="close" />
        </a>
      </div>
      <div class="pair">
        <Chooser ecosystem={ecosystem} label="Who begins" value={from} choose={(id) => set({ from: id })} without={to} />
        <button
          type="button"
          class="button bare icon"
          aria-label="Swap the two"
          title="Swap"
          onClick={() => set({ from: to, to: from })}
        >
          ⇄
        </button>
        <Chooser ecosystem={ecosystem} label="With whom" value={to} choose={(id) => set({ to: id })} without={from} />
      </div>
      <fieldset class="kinds">
        <legend class="small muted">How</legend>
        {kinds.map((words) => (
          <label key={words.kind} class="kind-choice">
            <input type="radio" name="kind" checked={words.kind === kind} onChange={() => set({ kind: words.kind })} />
            <KindMark kind={words.kind} /> {words.word}
          </label>
        ))}
      </fieldset>
      {done ? (
        <After act={done} again={() => setDone(null)} />
      ) : from && to ? (
        <Before key={`${from}${to}${kind}`} from={from} to={to} kind={kind} done={setDone} />
      ) : (
        <p class="muted">Choose both to see what it would cost, how likely it is to be accepted, and why.</p>
      )}
    </article>
  );
}

function Before({
  from,
  to,
  kind,
  done,
}: {
  from: string;
  to: string;
  kind: InteractionKind;
  done: (act: ActFragment) => void;
}) {
  const { data, failure, again } = useAnswer(
    ForecastDocument,
    { input: { initiatorId: from, responderId: to, kind } },
    "network-only",
  );
  useRefresh(again, (fact) => charactersOf(fact).some((id) => id === from || id === to));
  if (failure) return <Failed failure={failure} again={again} />;
  if (!data) return <Skeletons rows={8} height={36} />;
  const forecast = data.forecast;
  if (forecast.__typename !== "Forecast") return <RefusedForecast refusal={forecast as Refusal} />;
  return (
    <>
      <Cost forecast={forecast} />
      <section class="stack tight">
        <h2>
          {percent(forecast.chance)}: {chanceWord(forecast.chance)}
        </h2>
        <Balance reasons={forecast.reasons} initiator={forecast.initiator.name} responder={forecast.responder.name} />
      </section>
      <Send from={from} to={to} kind={kind} forecast={forecast} done={done} />
      <details>
        <summary>If accepted</summary>
        <Effects effects={forecast.ifAccepted} />
      </details>
      <details>
        <summary>If declined</summary>
        <Effects effects={forecast.ifDeclined} />
      </details>
    </>
  );
}

function Cost({ forecast }: { forecast: Forecast }) {
  const now = worldNow();
  const { initiator, cost, restedWorldSeconds: rested } = forecast;
  return (
    <p class="row wrap cost">
      <span>
        Costs {initiator.name} {percent(cost)} of energy
      </span>
      <EnergyMeter energy={initiator.energy} label={`Energy of ${initiator.name}`} />
      {rested ? (
        <b class="alarm">
          Too tired: rested at {worldTimeFrom(rested, now)}
          {now === null ? "" : ` (${span(rested - now)} there)`}
        </b>
      ) : (
        <span class="muted">has {percent(initiator.energy)}</span>
      )}
    </p>
  );
}

function Send({
  from,
  to,
  kind,
  forecast,
  done,
}: {
  from: string;
  to: string;
  kind: InteractionKind;
  forecast: Forecast;
  done: (act: ActFragment) => void;
}) {
  const sending = useSending();
  const [content, setContent] = useState("");
  const [key, setKey] = useState(newKey);
  const send = () =>
    sending.send(
      () => change(InteractDocument, { input: { initiatorId: from, responderId: to, kind, content, idempotencyKey: key } }),
      (payload) => {
        setKey(newKey());
        done(payload.interaction);
      },
    );
  const { word } = kindWords(kind);
  if (me.value === null)
    return (
      <a class="button main" href={here({ do: "sign-in" })}>
        Sign in to let it happen
      </a>
    );
  return (
    <form
      class="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label class="field">
        <span>What about (may stay empty)</span>
        <input class="input" value={content} maxLength={2000} onInput={(event) => setContent(event.currentTarget.value)} />
      </label>
      {sending.refusal && (
        <p class="problem" role="alert">
          {sending.refusal.explanation}
          {sending.refusal.restedWorldSeconds
            ? ` Rested at ${worldTimeFrom(sending.refusal.restedWorldSeconds, worldNow())}.`
            : ""}
        </p>
      )}
      {sending.failure && <Failed failure={sending.failure} />}
      <button type="submit" class="button main" disabled={sending.isSending || Boolean(forecast.restedWorldSeconds)}>
        <Icon name="meet" /> {sending.isSending ? "Meeting …" : `${word} now`}
      </button>
    </form>
  );
}

function RefusedForecast({ refusal }: { refusal: Refusal }) {
  if (refusal.__typename === "NotSignedIn")
    return (
      <p class="row wrap">
        <a class="button main" href={here({ do: "sign-in" })}>
          Sign in to let it happen
        </a>{" "}
        <span class="muted">Looking needs no account, acting does.</span>
      </p>
    );
  return (
    <p class="problem" role="alert">
      {refusal.explanation}
    </p>
  );
}

function After({ act, again }: { act: ActFragment; again: () => void }) {
  return (
    <section class="stack" aria-live="polite">
      <p class={`verdict ${act.accepted ? "warm" : "cold"}`}>
        <KindMark kind={act.kind} tone={act.accepted ? "warm" : "cold"} />{" "}
        {kindWords(act.kind).did(act.initiatorName, act.responderName)}. {act.accepted ? "Accepted" : "Declined"}.
      </p>
      <Why act={act} />
      <button type="button" class="button" onClick={again}>
        Once more
      </button>
    </section>
  );
}
