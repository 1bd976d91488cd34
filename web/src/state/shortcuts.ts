/** Keyboard shortcuts. They are off while the viewer types into a field; Ctrl-K always works. */
import { clearPins, togglePin } from "./pins";
import { hrefWith, navigate, replaceParams, route, SELECTIONS, withSelection } from "./route";

export interface Shortcut {
  keys: string;
  description: string;
  isForWorlds: boolean;
  run: () => void;
}

/** Actions of the picture and the feed; each is present while its view is on the screen. */
export const pictureActions: { fit?: () => void; zoom?: (factor: number) => void; expand?: () => void; feed?: () => void } = {};

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: "/", description: "Search people", isForWorlds: true, run: focusSearch },
  { keys: "?", description: "Show these shortcuts", isForWorlds: false, run: () => replaceParams({ do: "shortcuts" }) },
  { keys: "g", description: "Graph", isForWorlds: true, run: () => navigate(hrefWith({}, "graph")) },
  { keys: "c", description: "Conversations", isForWorlds: true, run: () => navigate(hrefWith({}, "conversations")) },
  { keys: "n", description: "Numbers", isForWorlds: true, run: () => navigate(hrefWith({}, "numbers")) },
  {
    keys: "t",
    description: "Graph as a table, and back",
    isForWorlds: true,
    run: () => navigate(hrefWith({ as: route.value.params.as ? null : "table" }, "graph")),
  },
  {
    keys: "m",
    description: "Start an interaction",
    isForWorlds: true,
    run: () => navigate(hrefWith(withSelection({ meet: route.value.params.who ? `${route.value.params.who}~` : "~" }))),
  },
  { keys: "f", description: "Fit the graph", isForWorlds: true, run: () => pictureActions.fit?.() },
  { keys: "+", description: "Zoom in", isForWorlds: true, run: () => pictureActions.zoom?.(1.4) },
  { keys: "-", description: "Zoom out", isForWorlds: true, run: () => pictureActions.zoom?.(1 / 1.4) },
  { keys: "e", description: "Show the neighbours of the selection", isForWorlds: true, run: () => pictureActions.expand?.() },
  { keys: "p", description: "Pin or unpin the selection", isForWorlds: true, run: togglePin },
  { keys: "l", description: "Feed: half, full, closed", isForWorlds: true, run: () => pictureActions.feed?.() },
  { keys: "Escape", description: "Clear selection, then pins", isForWorlds: true, run: clearSelection },
];

export function listenForShortcuts(): void {
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      replaceParams({ do: route.value.params.do === "palette" ? null : "palette" });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || route.value.params.do) return;
    const shortcut = SHORTCUTS.find(
      ({ keys, isForWorlds }) => keys === event.key && (!isForWorlds || route.value.world || keys === "/"),
    );
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      (["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) && (target as HTMLInputElement).type !== "range"))
  );
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>("input[type=search]")?.focus();
}

function clearSelection(): void {
  const { params, world } = route.value;
  if (!world) return;
  if (SELECTIONS.some((name) => params[name])) navigate(hrefWith(withSelection({})));
  else if (params.pin) clearPins();
}
