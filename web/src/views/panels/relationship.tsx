/** The relationship of two characters: the feelings of both side by side, and their history. */
import { useQuery } from "../../api/query";
import {
  type ActFragment,
  CommonNeighboursDocument,
  type CommonNeighboursQuery,
  TieBetweenDocument,
  type TieFragment,
} from "../../gql/graphql";
import { CharacterLink } from "../../parts/character_link";
import { Icon } from "../../parts/icon";
import { LineChart, type Point } from "../../parts/line_chart";
import { SignedMeter } from "../../parts/meters";
import { EmptyNotice, FailureNotice, Skeleton } from "../../parts/notices";
import { StageChip } from "../../parts/stage_chip";
import { charactersOf } from "../../state/activity_filter";
import { currentWorldSeconds } from "../../state/clock";
import { useRefetchOnFacts } from "../../state/refresh";
import { hrefWith, withSelection } from "../../state/route";
import { kindWords, stagePlural } from "../../words/kinds";
import { formatSigned, pluralize } from "../../words/numbers";
import { formatWorldTime } from "../../words/time";

const FEELINGS = [
  ["bond", "Bond"],
  ["affinity", "Affinity"],
  ["trust", "Trust"],
  ["familiarity", "Familiarity"],
] as const;

export function RelationshipPanel({ pair }: { pair: string }) {
  const [from = "", to = ""] = pair.split("~");
  const { data, failure, refetch } = useQuery(TieBetweenDocument, { from, to });
  const neighbours = useQuery(CommonNeighboursDocument, { id: from, other: to });
  useRefetchOnFacts(refetch, (fact) => charactersOf(fact).includes(from) && charactersOf(fact).includes(to));
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  if (!data || (!neighbours.data && !neighbours.failure))
    return (
      <div class="panel" aria-busy="true">
        <Skeleton rows={10} height={36} />
      </div>
    );
  const { there, back } = data;
  if (!there || !back)
    return (
      <div class="notice">
        <strong>One of the two has been deleted.</strong>
      </div>
    );
  const [out, home] = [there.relationshipWith, back.relationshipWith];
  const acts = out?.interactions.edges.map(({ node }) => node) ?? [];
  return (
    <article class="panel">
      <div class="row spread top">
        <h1>
          <CharacterLink {...there} /> and <CharacterLink {...back} />
        </h1>
        <a class="button bare icon deselect" href={hrefWith(withSelection({}))} aria-label="Clear selection">
          <Icon name="close" />
        </a>
      </div>
      {!out && !home ? (
        <EmptyNotice title="They have not met yet.">
          <InteractLink from={there} to={back} />
        </EmptyNotice>
      ) : (
        <>
          {out && home && <p class="muted">Relationship: {stagePlural(out.mutualStage)}</p>}
          <FeelingsTable names={[there.name, back.name]} out={out ?? null} home={home ?? null} />
          <p class="row wrap">
            <InteractLink from={there} to={back} />
          </p>
          <BondHistory acts={acts} names={[there.name, back.name]} />
          <CommonNeighbours common={neighbours.data?.character?.commonNeighbours} />
          <Interactions acts={acts} />
        </>
      )}
    </article>
  );
}

interface Person {
  id: string;
  name: string;
  viewerCanAct: boolean;
}

function InteractLink({ from, to }: { from: Person; to: Person }) {
  const [first, second] = from.viewerCanAct || !to.viewerCanAct ? [from, to] : [to, from];
  return (
    <a class="button main" href={hrefWith(withSelection({ meet: `${first.id}~${second.id}` }))}>
      <Icon name="meet" /> {first.viewerCanAct ? "Start an interaction" : "Preview an interaction"}
    </a>
  );
}

/** The first character's feelings to the left, the second's to the right, as mirrored bars. */
function FeelingsTable({
  names,
  out,
  home,
}: {
  names: readonly [string, string];
  out: TieFragment | null;
  home: TieFragment | null;
}) {
  return (
    <table class="mirror-table">
      <thead>
        <tr>
          <th scope="col">{names[0]}'s feelings</th>
          <td />
          <th scope="col">{names[1]}'s feelings</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{out ? <StageChip stage={out.stage} /> : <span class="muted">none yet</span>}</td>
          <th scope="row">Stage</th>
          <td>{home ? <StageChip stage={home.stage} /> : <span class="muted">none yet</span>}</td>
        </tr>
        {FEELINGS.map(([key, word]) => (
          <tr key={key}>
            <td>
              {out && (
                <span class="side">
                  <span class="number" title={out[key].toFixed(4)}>
                    {formatSigned(out[key])}
                  </span>
                  <SignedMeter value={out[key]} label={`${word} of ${names[0]}`} isMirrored />
                </span>
              )}
            </td>
            <th scope="row">{word}</th>
            <td>
              {home && (
                <span class="side">
                  <SignedMeter value={home[key]} label={`${word} of ${names[1]}`} />
                  <span class="number" title={home[key].toFixed(4)}>
                    {formatSigned(home[key])}
                  </span>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BondHistory({ acts, names }: { acts: readonly ActFragment[]; names: readonly [string, string] }) {
  const [earliest, latest] = [acts[0], acts.at(-1)];
  if (!earliest || !latest || earliest === latest) return null;
  const pointsOf = (name: string): Point[] =>
    acts.flatMap(({ effects, worldSeconds }) =>
      effects.filter(({ fromName }) => fromName === name).map(({ after }) => ({ at: worldSeconds, value: after.bond })),
    );
  const until = currentWorldSeconds() ?? latest.worldSeconds;
  return (
    <figure class="stack tight">
      <LineChart
        label={`Bonds over time, ${pluralize(acts.length, "interaction")}`}
        until={until}
        series={[
          { name: names[0], tone: "first", points: pointsOf(names[0]) },
          { name: names[1], tone: "second", points: pointsOf(names[1]) },
        ]}
      />
      <figcaption class="row spread small muted">
        <span>{formatWorldTime(earliest.worldSeconds).split(",")[0]}</span>
        <span>
          <i class="stroke first" /> {names[0]} <i class="stroke second" /> {names[1]}
        </span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}

type Neighbours = NonNullable<CommonNeighboursQuery["character"]>["commonNeighbours"];

function CommonNeighbours({ common }: { common: Neighbours | null | undefined }) {
  if (!common?.totalCount) return null;
  const more = common.totalCount - common.edges.length;
  return (
    <section class="stack tight">
      <h2>People they both know</h2>
      <p>
        {common.edges.map(({ node }, index) => (
          <span key={node.id}>
            {index ? ", " : ""}
            <CharacterLink {...node} />
          </span>
        ))}
        {more > 0 ? ` and ${more} more` : ""}
      </p>
    </section>
  );
}

function Interactions({ acts }: { acts: readonly ActFragment[] }) {
  return (
    <section class="stack tight">
      <h2>History</h2>
      <ol class="acts">
        {acts
          .toReversed()
          .slice(0, 20)
          .map((act) => (
            <li key={act.id} class="entry">
              <time>{formatWorldTime(act.worldSeconds)}</time>
              <p>
                {kindWords(act.kind).phrase(act.initiatorName, act.responderName)}.{" "}
                <span class="muted">
                  {act.accepted ? "Accepted" : "Declined"}. {affinityChange(act)}
                </span>
              </p>
            </li>
          ))}
      </ol>
    </section>
  );
}

function affinityChange({ effects }: ActFragment): string {
  return `${effects.map(({ before, after }) => formatSigned(after.affinity - before.affinity)).join(" and ")} affinity.`;
}
