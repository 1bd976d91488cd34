/** A column's head that sorts by it. */
export function SortHead({
  word,
  means,
  isNumber = false,
  isOn,
  isFalling,
  flip,
}: {
  word: string;
  means?: string;
  isNumber?: boolean;
  isOn: boolean;
  isFalling: boolean;
  flip: () => void;
}) {
  return (
    <th scope="col" class={isNumber ? "number" : ""} aria-sort={isOn ? (isFalling ? "descending" : "ascending") : undefined}>
      <button type="button" class="button bare slim" title={means} onClick={flip}>
        {word}
        <span aria-hidden="true">{isOn ? (isFalling ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  );
}
