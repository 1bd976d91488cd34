/** A chip with the stage of a relationship. */
import type { Stage } from "../gql/graphql";
import { stageLabel, stageTone } from "../words/kinds";

export function StageChip({ stage }: { stage: Stage }) {
  return <span class={`chip ${stageTone(stage)}`}>{stageLabel(stage)}</span>;
}
