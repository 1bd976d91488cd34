/** Chooses one person of a world by typing part of the name; the browser's own list would not find among thousands. */
import { useEffect, useId, useState } from "preact/hooks";
import { useAnswer } from "../api/query";
import { CharacterDocument, type PersonRowFragment, SpeakersDocument } from "../gql/graphql";
import { EnergyMeter } from "./meters";

export function Chooser({
  ecosystem,
  label,
  value,
  choose,
  mayAct = false,
  without,
}: {
  ecosystem: string;
  label: string;
  value: string;
  choose: (id: string) => void;
  mayAct?: boolean;
  without?: string;
}) {
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const list = useId();
  const chosen = useAnswer(CharacterDocument, value ? { id: value } : null, "cache-first").data?.character;
  const { data } = useAnswer(SpeakersDocument, text === null ? null : { id: ecosystem, query: text || null });
  const found = (data?.ecosystem?.characters.edges ?? [])
    .map(({ node }) => node)
    .filter((one) => one.id !== without && (!mayAct || one.viewerCanAct));
  useEffect(() => setAt(0), [text]);
  const take = (one: PersonRowFragment | undefined) => {
    if (!one) return;
    choose(one.id);
    setText(null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter" && text !== null) take(found[at]);
    else if (event.key === "Escape" && text !== null) setText(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shownName = value && chosen?.id === value ? chosen.name : "";
  return (
    <div class="field chooser">
      <label>
        <span>{label}</span>
        <input
          class="input"
          role="combobox"
          aria-expanded={text !== null}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={text !== null && found[at] ? `${list}-${at}` : undefined}
          autocomplete="off"
          placeholder="Type a name"
          value={text ?? shownName}
          onFocus={() => setText("")}
          onInput={(event) => setText(event.currentTarget.value)}
          onBlur={() => setTimeout(() => setText(null), 150)}
          onKeyDown={press}
        />
      </label>
      <ul id={list} role="listbox" aria-label={label} hidden={text === null} class="options">
        {found.map((one, index) => (
          <li
            key={one.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerDown={(event) => {
              event.preventDefault();
              take(one);
            }}
          >
            <span>{one.name}</span>
            <EnergyMeter energy={one.energy} label={`Energy of ${one.name}`} />
          </li>
        ))}
        {!found.length && (
          <li class="muted" role="option" aria-selected={false} aria-disabled="true">
            {data ? (mayAct ? "Nobody whom you may act as." : "Nobody by that name.") : "Looking …"}
          </li>
        )}
      </ul>
    </div>
  );
}
