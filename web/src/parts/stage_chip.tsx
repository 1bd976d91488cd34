/** Words in chips: stages, and whether somebody takes part. */
import type { Stage } from "../gql/graphql";
import { stageLabel, stageTone } from "../words/kinds";

export function StageChip({ stage }: { stage: Stage }) {
  return <span class={`chip ${stageTone(stage)}`}>{stageLabel(stage)}</span>;
}
