/** Keys: Ctrl-K for everything, a letter for what is done often. A letter typed into a field is only a letter. */
import { flipPin, letPinsGo } from "./pins";
import { go, here, note, route, SELECTIONS, selecting } from "./route";

export interface Shortcut {
  keys: string;
  does: string;
  isForWorlds: boolean;
  run: () => void;
}

/** What the picture offers while it is on the screen. */
export const pictureKeys: { fit?: () => void; zoom?: (factor: number) => void; expand?: () => void; feed?: () => void } = {};

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: "/", does: "Search people", isForWorlds: true, run: focusSearch },
  { keys: "?", does: "Show these shortcuts", isForWorlds: false, run: () => note({ do: "shortcuts" }) },
  { keys: "g", does: "Graph", isForWorlds: true, run: () => go(here({}, "graph")) },
  { keys: "c", does: "Conversations", isForWorlds: true, run: () => go(here({}, "conversations")) },
  { keys: "n", does: "Numbers", isForWorlds: true, run: () => go(here({}, "numbers")) },
  {
    keys: "t",
    does: "Graph as a table, and back",
    isForWorlds: true,
    run: () => go(here({ as: route.value.params.as ? null : "table" }, "graph")),
  },
  {
    keys: "m",
    does: "Let two meet",
    isForWorlds: true,
    run: () => go(here(selecting({ meet: route.value.params.who ? `${route.value.params.who}~` : "~" }))),
  },
  { keys: "f", does: "Fit the graph", isForWorlds: true, run: () => pictureKeys.fit?.() },
  { keys: "+", does: "Zoom in", isForWorlds: true, run: () => pictureKeys.zoom?.(1.4) },
  { keys: "-", does: "Zoom out", isForWorlds: true, run: () => pictureKeys.zoom?.(1 / 1.4) },
  { keys: "e", does: "Show the selected one's circle", isForWorlds: true, run: () => pictureKeys.expand?.() },
  { keys: "p", does: "Pin the selected one, or not", isForWorlds: true, run: flipPin },
  { keys: "l", does: "Feed: half, full, closed", isForWorlds: true, run: () => pictureKeys.feed?.() },
  { keys: "Escape", does: "Let go of what is selected, then of the pins", isForWorlds: true, run: letGo },
];

export function listenForShortcuts(): void {
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      note({ do: route.value.params.do === "palette" ? null : "palette" });
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

function letGo(): void {
  const { params, world } = route.value;
  if (!world) return;
  if (SELECTIONS.some((name) => params[name])) go(here(selecting({})));
  else if (params.pin) letPinsGo();
}
