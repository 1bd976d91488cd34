/** The path between two characters. */
import { useState } from "preact/hooks";
import { useQuery } from "../../api/query";
import { PathBetweenDocument, type PathCost } from "../../gql/graphql";
import { CharacterLink } from "../../parts/character_link";
import { CharacterCombobox } from "../../parts/combobox";
import { Icon } from "../../parts/icon";
import { SignedMeter } from "../../parts/meters";
import { EmptyNotice, FailureNotice, Skeleton } from "../../parts/notices";
import { StageChip } from "../../parts/stage_chip";
import { hrefWith, replaceParams, withSelection } from "../../state/route";
import { pluralize } from "../../words/numbers";

export function PathPanel({ ecosystemId, ends }: { ecosystemId: string; ends: string }) {
  const [from = "", to = ""] = ends.split("~");
  return (
    <article class="panel">
      <div class="row spread top">
        <h1>Path between two people</h1>
        <a class="button bare icon deselect" href={hrefWith(withSelection({}))} aria-label="Clear selection">
          <Icon name="close" />
        </a>
      </div>
      <CharacterCombobox
        ecosystemId={ecosystemId}
        label="From"
        value={from}
        onChoose={(id) => replaceParams({ path: `${id}~${to}` })}
      />
      <CharacterCombobox
        ecosystemId={ecosystemId}
        label="To"
        value={to}
        onChoose={(id) => replaceParams({ path: `${from}~${id}` })}
      />
      {from && to && <PathSteps ecosystemId={ecosystemId} from={from} to={to} />}
    </article>
  );
}

function PathSteps({ ecosystemId, from, to }: { ecosystemId: string; from: string; to: string }) {
  const [by, setBy] = useState<PathCost>("FEWEST");
  const { data, failure, refetch } = useQuery(PathBetweenDocument, { ecosystem: ecosystemId, from, to, by });
  if (failure) return <FailureNotice failure={failure} retry={refetch} />;
  const path = data?.ecosystem?.path;
  return (
    <section class="stack">
      <div class="row">
        <button type="button" class="button bare compact" aria-pressed={by === "FEWEST"} onClick={() => setBy("FEWEST")}>
          Fewest steps
        </button>
        <button type="button" class="button bare compact" aria-pressed={by === "STRONGEST"} onClick={() => setBy("STRONGEST")}>
          Strongest relationships
        </button>
      </div>
      {!data && <Skeleton rows={4} height={40} />}
      {data && !path && <EmptyNotice title="There is no path between these two people." />}
      {path && (
        <>
          <p class="muted">{pluralize(path.relationships.length, "step")}.</p>
          <ol class="way">
            {path.characters.map((character, index) => {
              const tie = path.relationships[index];
              return (
                <li key={character.id}>
                  <CharacterLink {...character} />
                  {tie && (
                    <a class="tie compact" href={hrefWith(withSelection({ tie: `${tie.from.id}~${tie.to.id}` }))}>
                      <StageChip stage={tie.stage} />
                      <SignedMeter value={tie.bond} label="Bond" />
                    </a>
                  )}
                </li>
              );
            })}
          </ol>
        </>
      )}
    </section>
  );
}
