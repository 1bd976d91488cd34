/** The header of a column that the table is sorted by when it is pressed. */
export function SortableHeader({
  word,
  means,
  isNumber = false,
  isSorted,
  isDescending,
  onSort,
}: {
  word: string;
  means?: string;
  isNumber?: boolean;
  isSorted: boolean;
  isDescending: boolean;
  onSort: () => void;
}) {
  return (
    <th
      scope="col"
      class={isNumber ? "number" : ""}
      aria-sort={isSorted ? (isDescending ? "descending" : "ascending") : undefined}
    >
      <button type="button" class="button bare compact" title={means} onClick={onSort}>
        {word}
        <span aria-hidden="true">{isSorted ? (isDescending ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  );
}
