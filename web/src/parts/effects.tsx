/** The effects of an interaction on both ties: bars of each feeling before and after. */
import type { EffectFragment } from "../gql/graphql";
import { stageLabel } from "../words/kinds";
import { formatSigned } from "../words/numbers";
import { CharacterLink } from "./character_link";
import { SignedMeter } from "./meters";

const FEELINGS = [
  ["affinity", "Affinity"],
  ["trust", "Trust"],
  ["familiarity", "Familiarity"],
] as const;

export function Effects({ effects }: { effects: readonly EffectFragment[] }) {
  if (!effects.length) return <p class="small muted">No relationship changed.</p>;
  return (
    <div class="effects">
      {effects.map((effect, index) => (
        <Effect key={index} effect={effect} />
      ))}
    </div>
  );
}

function Effect({ effect }: { effect: EffectFragment }) {
  const { before, after } = effect;
  return (
    <div class="effect">
      <h3>
        <CharacterLink name={effect.fromName} id={effect.from?.id} /> for{" "}
        <CharacterLink name={effect.toName} id={effect.to?.id} />
      </h3>
      {FEELINGS.map(([key, word]) => (
        <div key={key} class="effect-line">
          <span>{word}</span>
          <SignedMeter value={after[key]} before={before[key]} label={`${word} of ${effect.fromName} for ${effect.toName}`} />
          <span class="number" title={`${before[key].toFixed(3)} before, ${after[key].toFixed(3)} after`}>
            {formatSigned(after[key] - before[key])}
          </span>
        </div>
      ))}
      {before.stage !== after.stage && (
        <p class="small">
          From {stageLabel(before.stage)} to <b>{stageLabel(after.stage)}</b>.
        </p>
      )}
    </div>
  );
}
