/** The filter of the feed: types of facts, and facts about the selected character. */
import type { ActivityType } from "../../gql/graphql";
import { param, replaceParams } from "../../state/route";

const TYPES: readonly [ActivityType, string][] = [
  ["INTERACTED", "Interactions"],
  ["STAGE_CHANGED", "Stage changes"],
  ["MESSAGE_SAID", "Messages"],
  ["CONVERSATION_OPENED", "Conversations opened"],
  ["CHARACTER_CREATED", "People created"],
  ["CHARACTER_CHANGED", "People edited"],
  ["CHARACTER_DELETED", "People deleted"],
  ["CLOCK_SET", "Clock"],
];

export function FeedFilter() {
  const types = param("types").split(",").filter(Boolean);
  const toggle = (type: string) =>
    replaceParams({ types: (types.includes(type) ? types.filter((other) => other !== type) : [...types, type]).join(",") });
  const who = param("who");
  return (
    <div onClick={(event) => event.stopPropagation()}>
      {TYPES.map(([type, word]) => (
        <label key={type} class="item">
          <input type="checkbox" checked={types.includes(type)} onChange={() => toggle(type)} /> {word}
        </label>
      ))}
      {(who || param("about")) && (
        <label class="item">
          <input
            type="checkbox"
            checked={Boolean(param("about"))}
            onChange={() => replaceParams({ about: param("about") ? null : who })}
          />{" "}
          Selection only
        </label>
      )}
      <button type="button" class="item" onClick={() => replaceParams({ types: null, about: null })}>
        Show everything
      </button>
    </div>
  );
}
