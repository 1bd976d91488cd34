/** The way between two, over those whom they know. */
import { useState } from "preact/hooks";
import { useAnswer } from "../../api/query";
import { PathBetweenDocument, type PathCost } from "../../gql/graphql";
import { Name } from "../../parts/character_link";
import { Chooser } from "../../parts/combobox";
import { Icon } from "../../parts/icon";
import { Lean } from "../../parts/meters";
import { Empty, Failed, Skeletons } from "../../parts/notices";
import { StageChip } from "../../parts/stage_chip";
import { here, note, selecting } from "../../state/route";
import { plural } from "../../words/numbers";

export function PathView({ ecosystem, ends }: { ecosystem: string; ends: string }) {
  const [from = "", to = ""] = ends.split("~");
  return (
    <article class="panel">
      <div class="row spread top">
        <h1>The way between two</h1>
        <a class="button bare icon let-go" href={here(selecting({}))} aria-label="Let go">
          <Icon name="close" />
        </a>
      </div>
      <Chooser ecosystem={ecosystem} label="From" value={from} choose={(id) => note({ path: `${id}~${to}` })} />
      <Chooser ecosystem={ecosystem} label="To" value={to} choose={(id) => note({ path: `${from}~${id}` })} />
      {from && to && <Way ecosystem={ecosystem} from={from} to={to} />}
    </article>
  );
}

function Way({ ecosystem, from, to }: { ecosystem: string; from: string; to: string }) {
  const [by, setBy] = useState<PathCost>("FEWEST");
  const { data, failure, again } = useAnswer(PathBetweenDocument, { ecosystem, from, to, by });
  if (failure) return <Failed failure={failure} again={again} />;
  const path = data?.ecosystem?.path;
  return (
    <section class="stack">
      <div class="row">
        <button type="button" class="button bare slim" aria-pressed={by === "FEWEST"} onClick={() => setBy("FEWEST")}>
          Fewest steps
        </button>
        <button type="button" class="button bare slim" aria-pressed={by === "STRONGEST"} onClick={() => setBy("STRONGEST")}>
          Strongest ties
        </button>
      </div>
      {!data && <Skeletons rows={4} height={40} />}
      {data && !path && <Empty title="There is no way between them." />}
      {path && (
        <>
          <p class="muted">{plural(path.relationships.length, "step")}.</p>
          <ol class="way">
            {path.characters.map((character, index) => {
              const tie = path.relationships[index];
              return (
                <li key={character.id}>
                  <Name {...character} />
                  {tie && (
                    <a class="tie slim" href={here(selecting({ tie: `${tie.from.id}~${tie.to.id}` }))}>
                      <StageChip stage={tie.stage} />
                      <Lean value={tie.bond} label="Bond" />
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
