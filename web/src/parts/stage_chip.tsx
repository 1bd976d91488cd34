/** Words in chips: stages, and whether somebody takes part. */
import type { Stage } from "../gql/graphql";
import { stageTone, stageWord } from "../words/kinds";

export function StageChip({ stage }: { stage: Stage }) {
  return <span class={`chip ${stageTone(stage)}`}>{stageWord(stage)}</span>;
}
