/** The legend, which is also the filter of ties: stages and the minimum strength. */
import { StageChip } from "../../parts/stage_chip";
import { hrefWith, param } from "../../state/route";
import { hiddenStages, setMinStrength, tieFilter, toggleStage } from "../../state/visible_ties";
import { STAGES, stageLabel } from "../../words/kinds";

export function LegendBody() {
  const { minStrength } = tieFilter.value;
  return (
    <div class="legend-body" role="group" aria-label="Which relationships are shown">
      <ul>
        {STAGES.map((stage) => (
          <li key={stage}>
            <label>
              <input
                type="checkbox"
                checked={!hiddenStages.value.has(stage)}
                onChange={() => toggleStage(stage)}
                aria-label={`Show relationships of stage ${stageLabel(stage)}`}
              />{" "}
              <StageChip stage={stage} />
            </label>
          </li>
        ))}
      </ul>
      <label class="field">
        <span>Minimum strength: {minStrength.toFixed(2)}</span>
        <input
          type="range"
          min="0"
          max="0.9"
          step="0.05"
          value={minStrength}
          onInput={(event) => setMinStrength(Number(event.currentTarget.value))}
        />
      </label>
      <p class="small muted">
        Orange: likes. Blue: dislikes. Grey: neither. Each half of a line shows what that person feels: wide for a strong bond,
        dashed for little trust, faint for no recent contact.
      </p>
      <a class="link standalone small" href={hrefWith({ as: param("as") ? null : "table" })}>
        {param("as") ? "Show as a graph" : "Show as a table"}
      </a>
    </div>
  );
}
