/** The button of the legend, which shows whether ties are filtered. The legend itself is fetched when it opens. */
import { useState } from "preact/hooks";
import { Icon } from "../../parts/icon";
import { lazy } from "../../parts/lazy";
import { hiddenStages, tieFilter } from "../../state/visible_ties";

const LegendBody = lazy(() => import("./legend_body").then(({ LegendBody }) => LegendBody));

export function Legend() {
  const [isOpen, setOpen] = useState(false);
  const isFiltered = hiddenStages.value.size > 0 || tieFilter.value.minStrength > 0;
  return (
    <div class="legend">
      <button type="button" class="button bare compact" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isFiltered ? "Legend · filtered" : "Legend"} <Icon name={isOpen ? "down" : "up"} />
      </button>
      {isOpen && <LegendBody />}
    </div>
  );
}
