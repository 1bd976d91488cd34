/** The ties of the picture as a table, with the same filter; each column sorts it. */
import { useMemo, useState } from "preact/hooks";
import { STAGE_ORDER } from "../../drawing/network/columns";
import { matchesFilter } from "../../drawing/ties/ties";
import { SortableHeader } from "../../parts/sort_head";
import { StageChip } from "../../parts/stage_chip";
import type { Network } from "../../state/network_store";
import { hrefWith, param, withSelection } from "../../state/route";
import { tieFilter } from "../../state/visible_ties";
import { formatCount, formatSigned } from "../../words/numbers";

type Column = "from" | "to" | "stage" | "bond" | "trust" | "contact";
const COLUMNS: readonly [Column, string][] = [
  ["from", "From"],
  ["to", "To"],
  ["bond", "Bond"],
  ["stage", "Stage"],
  ["trust", "Trust"],
  ["contact", "Contact"],
];
const PAGE_SIZE = 100;

export function GraphTable({ network }: { network: Network }) {
  const [sort, setSort] = useState<{ by: Column; isDescending: boolean }>({ by: "bond", isDescending: true });
  const [size, setSize] = useState(PAGE_SIZE);
  const who = param("who");
  const filter = tieFilter.value;
  const ties = useMemo(() => sortedTies(network, sort, filter, who), [network, sort, filter, who]);
  const { columns } = network;
  return (
    <div class="table-room" tabIndex={0} role="region" aria-label="Relationships as a table">
      <table class="table">
        <caption>
          {formatCount(ties.length)} relationships{who ? " of the selection" : ""}.{" "}
          <a class="link" href={hrefWith({ as: null })}>
            Show as a graph
          </a>
        </caption>
        <thead>
          <tr>
            {COLUMNS.map(([by, word]) => (
              <SortableHeader
                key={by}
                word={word}
                isNumber={by === "bond" || by === "trust" || by === "contact"}
                isSorted={sort.by === by}
                isDescending={sort.isDescending}
                onSort={() => setSort({ by, isDescending: sort.by === by ? !sort.isDescending : by !== "from" && by !== "to" })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {ties.slice(0, size).map((tie) => {
            const from = columns.from[tie]!;
            const to = columns.to[tie]!;
            return (
              <tr key={tie}>
                <th scope="row">
                  <a class="name" href={hrefWith(withSelection({ who: columns.ids[from] }))}>
                    {columns.names[from]}
                  </a>
                </th>
                <td>
                  <a class="name" href={hrefWith(withSelection({ who: columns.ids[to] }))}>
                    {columns.names[to]}
                  </a>
                </td>
                <td class="number">{formatSigned(columns.bond[tie]!)}</td>
                <td>
                  <a href={hrefWith(withSelection({ tie: `${columns.ids[from]}~${columns.ids[to]}` }))}>
                    <StageChip stage={STAGE_ORDER[columns.stage[tie]!]!} />
                  </a>
                </td>
                <td class="number">{columns.trust[tie]!.toFixed(2)}</td>
                <td class="number">{columns.contact[tie]!.toFixed(1)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {ties.length > size && (
        <button type="button" class="button bare more" onClick={() => setSize(size + PAGE_SIZE)}>
          Show more
        </button>
      )}
    </div>
  );
}

function sortedTies(
  { columns, nodeIndex }: Network,
  { by, isDescending }: { by: Column; isDescending: boolean },
  filter: Parameters<typeof matchesFilter>[2],
  who: string,
): number[] {
  const only = nodeIndex.characterIndex(who);
  const ties = [...columns.from.keys()].filter(
    (tie) => matchesFilter(columns, tie, filter) && (only < 0 || columns.from[tie] === only || columns.to[tie] === only),
  );
  const sign = isDescending ? -1 : 1;
  const compare =
    by === "from" || by === "to"
      ? (a: number, b: number) => columns.names[columns[by][a]!]!.localeCompare(columns.names[columns[by][b]!]!)
      : (a: number, b: number) => columns[by][a]! - columns[by][b]!;
  return ties.sort((a, b) => sign * compare(a, b));
}
