/** A combobox that finds one character of a world by part of its name. A `select` could not hold thousands. */
import { useEffect, useId, useState } from "preact/hooks";
import { useQuery } from "../api/query";
import { CharacterDocument, type PersonRowFragment, SpeakersDocument } from "../gql/graphql";
import { EnergyMeter } from "./meters";

export function CharacterCombobox({
  ecosystemId,
  label,
  value,
  onChoose,
  isActableOnly = false,
  excludedId,
}: {
  ecosystemId: string;
  label: string;
  value: string;
  onChoose: (id: string) => void;
  isActableOnly?: boolean;
  excludedId?: string;
}) {
  const [text, setText] = useState<string | null>(null);
  const [activeIndex, setActiveIndex] = useState(0);
  const listId = useId();
  const selected = useQuery(CharacterDocument, value ? { id: value } : null, "cache-first").data?.character;
  const { data } = useQuery(SpeakersDocument, text === null ? null : { id: ecosystemId, query: text || null });
  const options = (data?.ecosystem?.characters.edges ?? [])
    .map(({ node }) => node)
    .filter((character) => character.id !== excludedId && (!isActableOnly || character.viewerCanAct));
  useEffect(() => setActiveIndex(0), [text]);
  const choose = (one: PersonRowFragment | undefined) => {
    if (!one) return;
    onChoose(one.id);
    setText(null);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActiveIndex(Math.min(options.length - 1, activeIndex + 1));
    else if (event.key === "ArrowUp") setActiveIndex(Math.max(0, activeIndex - 1));
    else if (event.key === "Enter" && text !== null) choose(options[activeIndex]);
    else if (event.key === "Escape" && text !== null) setText(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const selectedName = value && selected?.id === value ? selected.name : "";
  return (
    <div class="field combobox">
      <label>
        <span>{label}</span>
        <input
          class="input"
          role="combobox"
          aria-expanded={text !== null}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={text !== null && options[activeIndex] ? `${listId}-${activeIndex}` : undefined}
          autocomplete="off"
          placeholder="Type a name"
          value={text ?? selectedName}
          onFocus={() => setText("")}
          onInput={(event) => setText(event.currentTarget.value)}
          onBlur={() => setTimeout(() => setText(null), 150)}
          onKeyDown={handleKey}
        />
      </label>
      <ul id={listId} role="listbox" aria-label={label} hidden={text === null} class="options">
        {options.map((one, index) => (
          <li
            key={one.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === activeIndex}
            onPointerDown={(event) => {
              event.preventDefault();
              choose(one);
            }}
          >
            <span>{one.name}</span>
            <EnergyMeter energy={one.energy} label={`Energy of ${one.name}`} />
          </li>
        ))}
        {!options.length && (
          <li class="muted" role="option" aria-selected={false} aria-disabled="true">
            {data ? (isActableOnly ? "No character that you can act as." : "No matches.") : "Searching …"}
          </li>
        )}
      </ul>
    </div>
  );
}
