/** The panel where two characters interact: initiator, responder and kind; cost, chance and reasons before; the effects
 * after. */
import { useEffect, useState } from "preact/hooks";
import { mutate, type Refusal, useQuery } from "../../api/query";
import {
  type ActFragment,
  ForecastDocument,
  type ForecastQuery,
  InteractDocument,
  type InteractionKind,
} from "../../gql/graphql";
import { CharacterCombobox } from "../../parts/combobox";
import { Effects } from "../../parts/effects";
import { useMutation } from "../../parts/form";
import { Icon } from "../../parts/icon";
import { KindMark } from "../../parts/kind_mark";
import { EnergyMeter } from "../../parts/meters";
import { FailureNotice, Skeleton } from "../../parts/notices";
import { ReasonsTable } from "../../parts/reasons_table";
import { charactersOf } from "../../state/activity_filter";
import { currentWorldSeconds } from "../../state/clock";
import { newIdempotencyKey } from "../../state/idempotency_keys";
import { useRefetchOnFacts } from "../../state/refresh";
import { hrefWith, param, replaceParams, withSelection } from "../../state/route";
import { viewer } from "../../state/viewer";
import { world } from "../../state/world";
import { KINDS, kindWords } from "../../words/kinds";
import { describeChance, formatPercent } from "../../words/numbers";
import { formatSpan, formatWorldTimeSince } from "../../words/time";
import { InteractionReasons } from "./fact";

type Forecast = Extract<ForecastQuery["forecast"], { __typename: "Forecast" }>;

export function InteractPanel({ ecosystemId }: { ecosystemId: string }) {
  const [from = "", to = "", chosen] = param("meet").split("~");
  const kinds = KINDS.filter(({ kind }) => world.value?.ruleSet.kinds.some((rule) => rule.kind === kind) ?? true);
  const kind = (chosen || kinds.find(({ kind }) => kind === "CHAT")?.kind || "CHAT") as InteractionKind;
  const [result, setResult] = useState<ActFragment | null>(null);
  useEffect(() => setResult(null), [from, to, kind]);
  const replaceMeeting = (parts: { from?: string; to?: string; kind?: string }) =>
    replaceParams({ meet: [parts.from ?? from, parts.to ?? to, parts.kind ?? kind].join("~") });
  return (
    <article class="panel">
      <div class="row spread top">
        <h1>Start an interaction</h1>
        <a class="button bare icon deselect" href={hrefWith(withSelection({ who: from || to || null }))} aria-label="Close">
          <Icon name="close" />
        </a>
      </div>
      <div class="pair">
        <CharacterCombobox
          ecosystemId={ecosystemId}
          label="Initiator"
          value={from}
          onChoose={(id) => replaceMeeting({ from: id })}
          excludedId={to}
        />
        <button
          type="button"
          class="button bare icon"
          aria-label="Swap initiator and responder"
          title="Swap"
          onClick={() => replaceMeeting({ from: to, to: from })}
        >
          ⇄
        </button>
        <CharacterCombobox
          ecosystemId={ecosystemId}
          label="Responder"
          value={to}
          onChoose={(id) => replaceMeeting({ to: id })}
          excludedId={from}
        />
      </div>
      <fieldset class="kinds">
        <legend class="small muted">Kind</legend>
        {kinds.map((words) => (
          <label key={words.kind} class="kind-choice">
            <input
              type="radio"
              name="kind"
              checked={words.kind === kind}
              onChange={() => replaceMeeting({ kind: words.kind })}
            />
            <KindMark kind={words.kind} /> {words.label}
          </label>
        ))}
      </fieldset>
      {result ? (
        <ResultView act={result} repeat={() => setResult(null)} />
      ) : from && to ? (
        <ForecastView key={`${from}${to}${kind}`} from={from} to={to} kind={kind} onResult={setResult} />
      ) : (
        <p class="muted">Choose two people to see the cost, the chance of acceptance and the reasons.</p>
      )}
    </article>
  );
}

function ForecastView({
  from,
  to,
  kind,
  onResult,
}: {
  from: string;
  to: string;
  kind: InteractionKind;
  onResult: (act: ActFragment) => void;
}) {
  const { data, failure, refetch } = useQuery(
    ForecastDocument,
    { input: { initiatorId: from, responderId: to, kind } },
    "network-only",
  );
  useRefetchOnFacts(refetch, (fact) => charactersOf(fact).some((id) => id === from || id === to));
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  if (!data) return <Skeleton rows={8} height={36} />;
  const forecast = data.forecast;
  if (forecast.__typename !== "Forecast") return <ForecastRefusal refusal={forecast as Refusal} />;
  return (
    <>
      <CostLine forecast={forecast} />
      <section class="stack tight">
        <h2>
          {formatPercent(forecast.chance)}: {describeChance(forecast.chance)}
        </h2>
        <ReasonsTable reasons={forecast.reasons} initiator={forecast.initiator.name} responder={forecast.responder.name} />
      </section>
      <InteractForm from={from} to={to} kind={kind} forecast={forecast} onResult={onResult} />
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

function CostLine({ forecast }: { forecast: Forecast }) {
  const now = currentWorldSeconds();
  const { initiator, cost, restedWorldSeconds: rested } = forecast;
  return (
    <p class="row wrap cost">
      <span>
        Costs {initiator.name} {formatPercent(cost)} of energy
      </span>
      <EnergyMeter energy={initiator.energy} label={`Energy of ${initiator.name}`} />
      {rested ? (
        <b class="alarm">
          Too tired until {formatWorldTimeSince(rested, now)}
          {now === null ? "" : ` (${formatSpan(rested - now)} of world time)`}
        </b>
      ) : (
        <span class="muted">has {formatPercent(initiator.energy)}</span>
      )}
    </p>
  );
}

function InteractForm({
  from,
  to,
  kind,
  forecast,
  onResult,
}: {
  from: string;
  to: string;
  kind: InteractionKind;
  forecast: Forecast;
  onResult: (act: ActFragment) => void;
}) {
  const mutation = useMutation();
  const [content, setContent] = useState("");
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const send = () =>
    mutation.send(
      () =>
        mutate(InteractDocument, {
          input: { initiatorId: from, responderId: to, kind, content, idempotencyKey: idempotencyKey },
        }),
      (payload) => {
        setIdempotencyKey(newIdempotencyKey());
        onResult(payload.interaction);
      },
    );
  const { label } = kindWords(kind);
  if (viewer.value === null)
    return (
      <a class="button main" href={hrefWith({ do: "sign-in" })}>
        Sign in to interact
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
        <span>Topic (optional)</span>
        <input class="input" value={content} maxLength={2000} onInput={(event) => setContent(event.currentTarget.value)} />
      </label>
      {mutation.refusal && (
        <p class="problem" role="alert">
          {mutation.refusal.explanation}
          {mutation.refusal.restedWorldSeconds
            ? ` Enough energy at ${formatWorldTimeSince(mutation.refusal.restedWorldSeconds, currentWorldSeconds())}.`
            : ""}
        </p>
      )}
      {mutation.failure && <FailureNotice failure={mutation.failure} />}
      <button type="submit" class="button main" disabled={mutation.isSending || Boolean(forecast.restedWorldSeconds)}>
        <Icon name="meet" /> {mutation.isSending ? "Sending …" : `${label} now`}
      </button>
    </form>
  );
}

function ForecastRefusal({ refusal }: { refusal: Refusal }) {
  if (refusal.__typename === "NotSignedIn")
    return (
      <p class="row wrap">
        <a class="button main" href={hrefWith({ do: "sign-in" })}>
          Sign in to interact
        </a>{" "}
        <span class="muted">You can look without an account; interactions need one.</span>
      </p>
    );
  return (
    <p class="problem" role="alert">
      {refusal.explanation}
    </p>
  );
}

function ResultView({ act, repeat }: { act: ActFragment; repeat: () => void }) {
  return (
    <section class="stack" aria-live="polite">
      <p class={`verdict ${act.accepted ? "warm" : "cold"}`}>
        <KindMark kind={act.kind} tone={act.accepted ? "warm" : "cold"} />{" "}
        {kindWords(act.kind).phrase(act.initiatorName, act.responderName)}. {act.accepted ? "Accepted" : "Declined"}.
      </p>
      <InteractionReasons act={act} />
      <button type="button" class="button" onClick={repeat}>
        Interact again
      </button>
    </section>
  );
}
