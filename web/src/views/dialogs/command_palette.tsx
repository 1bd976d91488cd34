/** The command palette: finds people, worlds, views and actions by part of their name. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useQuery } from "../../api/query";
import { SpeakersDocument, WorldsDocument } from "../../gql/graphql";
import { closeDialog } from "../../parts/dialog";
import { hrefWith, navigate, replaceParams, route, withSelection } from "../../state/route";
import { SHORTCUTS } from "../../state/shortcuts";
import { setTheme, THEMES } from "../../state/theme";
import { signOut, viewer } from "../../state/viewer";
import { isEditor, isOwner } from "../../state/world";

interface Command {
  label: string;
  group: string;
  run: () => void;
}

export function CommandPalette() {
  const [text, setText] = useState("");
  const [activeIndex, setActiveIndex] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const items = useCommands(text);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  useEffect(() => setActiveIndex(0), [text]);
  useEffect(() => document.getElementById(`found-${activeIndex}`)?.scrollIntoView({ block: "nearest" }), [activeIndex]);
  const run = (item: Command | undefined) => {
    if (!item) return;
    closeDialog();
    item.run();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActiveIndex(Math.min(items.length - 1, activeIndex + 1));
    else if (event.key === "ArrowUp") setActiveIndex(Math.max(0, activeIndex - 1));
    else if (event.key === "Enter") run(items[activeIndex]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="dialog palette"
      aria-label="Search"
      onCancel={(event) => {
        event.preventDefault();
        closeDialog();
      }}
      onClick={(event) => event.target === dialog.current && closeDialog()}
    >
      <input
        class="input"
        role="combobox"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant={items[activeIndex] ? `found-${activeIndex}` : undefined}
        aria-label="Search people, worlds, commands"
        placeholder="Search people, worlds, commands"
        autofocus
        autocomplete="off"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={handleKey}
      />
      <ul id="found" role="listbox" aria-label="Results">
        {items.map((item, index) => (
          <li
            key={`${item.group} ${item.label} ${index}`}
            id={`found-${index}`}
            role="option"
            aria-selected={index === activeIndex}
            onClick={() => run(item)}
            onPointerMove={() => setActiveIndex(index)}
          >
            <span>{item.label}</span>
            <span class="small">{item.group}</span>
          </li>
        ))}
        {!items.length && (
          <li role="option" aria-selected={false} aria-disabled="true">
            No results.
          </li>
        )}
      </ul>
    </dialog>
  );
}

function useCommands(text: string): Command[] {
  const world = route.value.world;
  const people =
    useQuery(SpeakersDocument, world ? { id: world, query: text || null } : null).data?.ecosystem?.characters.edges ?? [];
  const worlds =
    useQuery(WorldsDocument, {
      first: 10,
      after: null,
      filter: { query: text || null, mine: null },
      orderBy: "RECENTLY_ACTIVE",
    }).data?.ecosystems.edges ?? [];
  const query = text.trim().toLowerCase();
  const matches = ({ label }: Command) => !query || label.toLowerCase().includes(query);
  return [
    ...people.slice(0, text ? 12 : 6).map(({ node }) => ({
      label: node.name,
      group: "person",
      run: () => navigate(hrefWith(withSelection({ who: node.id }))),
    })),
    ...actionCommands().filter(matches),
    ...worlds.map(({ node }) => ({
      label: node.name,
      group: "world",
      run: () => navigate(`/worlds/${encodeURIComponent(node.id)}`),
    })),
  ].slice(0, 40);
}

function actionCommands(): Command[] {
  const isInWorld = Boolean(route.value.world);
  const dialog = (label: string, name: string): Command => ({ label, group: "action", run: () => replaceParams({ do: name }) });
  return [
    ...(isInWorld
      ? SHORTCUTS.filter(({ isForWorlds, keys }) => isForWorlds && keys !== "Escape").map(({ description, keys, run }) => ({
          label: description,
          group: keys,
          run,
        }))
      : []),
    ...(isInWorld
      ? [
          dialog("Share a link", "share"),
          dialog("About this world and its rules", "rules"),
          dialog("Members and roles", "members"),
        ]
      : []),
    ...(isInWorld && isEditor.value
      ? [dialog("New person", "new-character"), dialog("Open a conversation", "new-conversation")]
      : []),
    ...(isInWorld && isOwner.value ? [dialog("Edit the world", "world"), dialog("Set the clock", "clock")] : []),
    { label: "All worlds", group: "view", run: () => navigate("/") },
    ...(viewer.value
      ? [
          dialog("New world", "new-world"),
          dialog("Import a file", "import"),
          { label: "Sign out", group: "action", run: () => void signOut() },
        ]
      : [dialog("Sign in", "sign-in"), dialog("Sign up", "sign-up")]),
    ...THEMES.map((theme) => ({ label: `Theme: ${theme}`, group: "action", run: () => setTheme(theme) })),
    dialog("Keyboard shortcuts", "shortcuts"),
  ];
}
