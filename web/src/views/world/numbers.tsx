/** The world in numbers: each with a sentence that says what it means, each chart with its table. */
import { useState } from "preact/hooks";
import { useAnswer } from "../../api/query";
import {
  CharacterNumbersDocument,
  type CharacterNumbersQuery,
  type NetworkKind,
  WorldNumbersDocument,
  type WorldNumbersQuery,
} from "../../gql/graphql";
import { KindMark } from "../../parts/kind_mark";
import { Empty, Failed, Skeletons } from "../../parts/notices";
import { SortHead } from "../../parts/sort_head";
import { here, note, param, selecting } from "../../state/route";
import { KINDS, STAGES, stageTone, stageWord } from "../../words/kinds";
import { type CharacterMeasure, MEASURES, NETWORKS, WORLD_MEASURES } from "../../words/measures";
import { count, measure, percent } from "../../words/numbers";
import "../../styles/numbers.css";

type Summary = NonNullable<WorldNumbersQuery["ecosystem"]>["summary"];

export function Numbers({ ecosystem }: { ecosystem: string }) {
  const of = (param("network") || "RELATIONSHIPS") as NetworkKind;
  const { data, failure, again } = useAnswer(WorldNumbersDocument, { id: ecosystem, of });
  if (failure) return <Failed failure={failure} again={again} />;
  const found = data?.ecosystem;
  return (
    <div class="numbers" tabIndex={0} role="region" aria-label="The world in numbers">
      {!found ? (
        <Skeletons rows={12} height={40} />
      ) : (
        <>
          <Counts summary={found.summary} />
          <div class="columns">
            <Bars
              title="Ties by stage"
              head="Stage"
              rows={STAGES.map((stage) => ({
                key: stage,
                word: stageWord(stage),
                tone: stageTone(stage),
                count: found.summary.relationshipsByStage.find((one) => one.stage === stage)?.count ?? 0,
              }))}
            />
            <Bars
              title="Meetings by kind"
              head="Kind"
              rows={KINDS.map(({ kind, word }) => ({
                key: kind,
                word,
                kind,
                tone: "even" as const,
                count: found.summary.interactionsByKind.find((one) => one.kind === kind)?.count ?? 0,
              }))}
            />
          </div>
          <section class="stack">
            <div class="row spread wrap">
              <h2>The network</h2>
              <select
                class="input slim"
                aria-label="Which ties make the network"
                value={of}
                onChange={(event) => note({ network: event.currentTarget.value })}
              >
                {NETWORKS.map(({ kind, word }) => (
                  <option key={kind} value={kind}>
                    {word}
                  </option>
                ))}
              </select>
            </div>
            <p class="muted">{NETWORKS.find(({ kind }) => kind === of)?.means}</p>
            {found.measures ? (
              <dl class="measure-cards">
                {WORLD_MEASURES.map(({ key, word, means }) => (
                  <div key={key}>
                    <dt>{word}</dt>
                    <dd>
                      <b>{measure(found.measures?.[key])}</b>
                      <span class="small muted">{means}</span>
                    </dd>
                  </div>
                ))}
              </dl>
            ) : (
              <Empty title="Not yet computed; look again in a moment.">
                <button type="button" class="button" onClick={again}>
                  Look again
                </button>
              </Empty>
            )}
          </section>
          <Ranking ecosystem={ecosystem} of={of} />
        </>
      )}
    </div>
  );
}

function Counts({ summary }: { summary: Summary }) {
  const cards: [string, number][] = [
    ["people", summary.characters],
    ["of them active", summary.activeCharacters],
    ["ties", summary.relationships],
    ["meetings", summary.interactions],
    ["conversations", summary.conversations],
    ["lines said", summary.messages],
  ];
  return (
    <section class="stack tight">
      <ul class="counts-line">
        {cards.map(([word, value]) => (
          <li key={word}>
            <b>{count(value)}</b> {word}
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
      <thead class="unseen">
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
            <td title={percent(row.count / all)}>
              <i class={`tone-${row.tone}`} style={{ transform: `scaleX(${row.count / most})` }} />
            </td>
            <td class="number">{count(row.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Ranked = NonNullable<CharacterNumbersQuery["ecosystem"]>["characters"]["edges"][number]["node"];

function Ranking({ ecosystem, of }: { ecosystem: string; of: NetworkKind }) {
  const [by, setBy] = useState<CharacterMeasure>("degree");
  const [isFalling, setFalling] = useState(true);
  const { data, failure, again } = useAnswer(CharacterNumbersDocument, { id: ecosystem, of });
  if (failure) return <Failed failure={failure} again={again} />;
  if (!data) return <Skeletons rows={8} height={36} />;
  const people = (data.ecosystem?.characters.edges ?? []).map(({ node }) => node).filter(({ measures }) => measures);
  if (!people.length) return null;
  const value = (one: Ranked): number => one.measures?.[by] ?? -Infinity;
  const flip = (key: CharacterMeasure) => {
    setFalling(by === key ? !isFalling : true);
    setBy(key);
  };
  return (
    <section class="stack tight">
      <h2>Who stands where</h2>
      <p class="muted">The forty most active. {MEASURES.find(({ key }) => key === by)?.means}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Measures of characters">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              {MEASURES.map(({ key, word, means }) => (
                <SortHead
                  key={key}
                  word={word}
                  means={means}
                  isNumber
                  isOn={by === key}
                  isFalling={isFalling}
                  flip={() => flip(key)}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {people
              .sort((a, b) => (isFalling ? value(b) - value(a) : value(a) - value(b)))
              .map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <a class="name" href={here(selecting({ who: one.id }))}>
                      {one.name}
                    </a>
                  </th>
                  {MEASURES.map(({ key }) => (
                    <td key={key} class="number">
                      {measure(one.measures?.[key])}
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
