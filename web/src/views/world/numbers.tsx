/** The world in numbers: each with a sentence that explains it, each chart with a table. */
import { useState } from "preact/hooks";
import { useQuery } from "../../api/query";
import {
  CharacterNumbersDocument,
  type CharacterNumbersQuery,
  type NetworkKind,
  WorldNumbersDocument,
  type WorldNumbersQuery,
} from "../../gql/graphql";
import { KindMark } from "../../parts/kind_mark";
import { EmptyNotice, FailureNotice, Skeleton } from "../../parts/notices";
import { SortableHeader } from "../../parts/sort_head";
import { hrefWith, param, replaceParams, withSelection } from "../../state/route";
import { KINDS, STAGES, stageLabel, stageTone } from "../../words/kinds";
import { type CharacterMeasure, MEASURES, NETWORKS, WORLD_MEASURES } from "../../words/measures";
import { formatCount, formatMeasure, formatPercent } from "../../words/numbers";
import "../../styles/numbers.css";

type Summary = NonNullable<WorldNumbersQuery["ecosystem"]>["summary"];

export function Numbers({ ecosystemId }: { ecosystemId: string }) {
  const kind = (param("network") || "RELATIONSHIPS") as NetworkKind;
  const { data, failure, refetch } = useQuery(WorldNumbersDocument, { id: ecosystemId, of: kind });
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  const ecosystem = data?.ecosystem;
  return (
    <div class="numbers" tabIndex={0} role="region" aria-label="The world in numbers">
      {!ecosystem ? (
        <Skeleton rows={12} height={40} />
      ) : (
        <>
          <Counts summary={ecosystem.summary} />
          <div class="columns">
            <Bars
              title="Relationships by stage"
              head="Stage"
              rows={STAGES.map((stage) => ({
                key: stage,
                word: stageLabel(stage),
                tone: stageTone(stage),
                count: ecosystem.summary.relationshipsByStage.find((one) => one.stage === stage)?.count ?? 0,
              }))}
            />
            <Bars
              title="Interactions by kind"
              head="Kind"
              rows={KINDS.map(({ kind, label }) => ({
                key: kind,
                word: label,
                kind,
                tone: "even" as const,
                count: ecosystem.summary.interactionsByKind.find((one) => one.kind === kind)?.count ?? 0,
              }))}
            />
          </div>
          <section class="stack">
            <div class="row spread wrap">
              <h2>The network</h2>
              <select
                class="input compact"
                aria-label="Network"
                value={kind}
                onChange={(event) => replaceParams({ network: event.currentTarget.value })}
              >
                {NETWORKS.map(({ kind, word }) => (
                  <option key={kind} value={kind}>
                    {word}
                  </option>
                ))}
              </select>
            </div>
            <p class="muted">{NETWORKS.find((network) => network.kind === kind)?.means}</p>
            {ecosystem.measures ? (
              <dl class="measure-cards">
                {WORLD_MEASURES.map(({ key, word, means }) => (
                  <div key={key}>
                    <dt>{word}</dt>
                    <dd>
                      <b>{formatMeasure(ecosystem.measures?.[key])}</b>
                      <span class="small muted">{means}</span>
                    </dd>
                  </div>
                ))}
              </dl>
            ) : (
              <EmptyNotice title="Not computed yet. Try again in a moment.">
                <button type="button" class="button" onClick={refetch}>
                  Try again
                </button>
              </EmptyNotice>
            )}
          </section>
          <Ranking ecosystem={ecosystemId} of={kind} />
        </>
      )}
    </div>
  );
}

function Counts({ summary }: { summary: Summary }) {
  const cards: [string, number][] = [
    ["people", summary.characters],
    ["active people", summary.activeCharacters],
    ["relationships", summary.relationships],
    ["interactions", summary.interactions],
    ["conversations", summary.conversations],
    ["messages", summary.messages],
  ];
  return (
    <section class="stack tight">
      <ul class="counts-line">
        {cards.map(([word, value]) => (
          <li key={word}>
            <b>{formatCount(value)}</b> {word}
          </li>
        ))}
      </ul>
      <p class="small muted">Counted {new Date(summary.countedAt).toLocaleTimeString()}; at most a minute old.</p>
    </section>
  );
}

interface BarRow {
  key: string;
  word: string;
  tone: "warm" | "cold" | "even";
  kind?: (typeof KINDS)[number]["kind"];
  count: number;
}

function Bars({ title, head, rows }: { title: string; head: string; rows: readonly BarRow[] }) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  const all = rows.reduce((sum, row) => sum + row.count, 0) || 1;
  return (
    <table class="bars">
      <caption>{title}</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">Share</th>
          <th scope="col">Count</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">
              {row.kind && <KindMark kind={row.kind} />}
              {row.word}
            </th>
            <td title={formatPercent(row.count / all)}>
              <i class={`tone-${row.tone}`} style={{ transform: `scaleX(${row.count / most})` }} />
            </td>
            <td class="number">{formatCount(row.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Ranked = NonNullable<CharacterNumbersQuery["ecosystem"]>["characters"]["edges"][number]["node"];

function Ranking({ ecosystem, of }: { ecosystem: string; of: NetworkKind }) {
  const [by, setBy] = useState<CharacterMeasure>("degree");
  const [isDescending, setDescending] = useState(true);
  const { data, failure, refetch } = useQuery(CharacterNumbersDocument, { id: ecosystem, of });
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  if (!data) return <Skeleton rows={8} height={36} />;
  const people = (data.ecosystem?.characters.edges ?? []).map(({ node }) => node).filter(({ measures }) => measures);
  if (!people.length) return null;
  const value = (one: Ranked): number => one.measures?.[by] ?? -Infinity;
  const flip = (key: CharacterMeasure) => {
    setDescending(by === key ? !isDescending : true);
    setBy(key);
  };
  return (
    <section class="stack tight">
      <h2>Ranking</h2>
      <p class="muted">The 40 most active people. {MEASURES.find(({ key }) => key === by)?.means}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Measures of characters">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              {MEASURES.map(({ key, word, means }) => (
                <SortableHeader
                  key={key}
                  word={word}
                  means={means}
                  isNumber
                  isSorted={by === key}
                  isDescending={isDescending}
                  onSort={() => flip(key)}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {people
              .sort((a, b) => (isDescending ? value(b) - value(a) : value(a) - value(b)))
              .map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <a class="name" href={hrefWith(withSelection({ who: one.id }))}>
                      {one.name}
                    </a>
                  </th>
                  {MEASURES.map(({ key }) => (
                    <td key={key} class="number">
                      {formatMeasure(one.measures?.[key])}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
