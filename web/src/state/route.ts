/** The address as state. Every view, selection, filter and camera is in the address, so that a link shows the same to
 * others. */
import { signal } from "@preact/signals";

export type Tab = "graph" | "conversations" | "numbers";
export type Params = Record<string, string>;
export interface Route {
  /** Undefined on the list of worlds. */
  world?: string;
  tab: Tab;
  isKnown: boolean;
  params: Params;
}

const TABS: readonly string[] = ["graph", "conversations", "numbers"];

export function parseAddress(path: string, search: string): Route {
  const params: Params = Object.fromEntries(new URLSearchParams(search));
  const parts = path.split("/").filter(Boolean);
  if (parts.length === 0) return { tab: "graph", isKnown: true, params };
  const [folder, world, tab = "graph"] = parts;
  const isKnown = folder === "worlds" && world !== undefined && TABS.includes(tab) && parts.length <= 3;
  return isKnown
    ? { world: decodeURIComponent(world), tab: tab as Tab, isKnown, params }
    : { tab: "graph", isKnown: false, params };
}

export function formatAddress(world: string | undefined, tab: Tab, params: Params): string {
  const path = world === undefined ? "/" : `/worlds/${encodeURIComponent(world)}${tab === "graph" ? "" : `/${tab}`}`;
  const search = new URLSearchParams(params).toString();
  return search ? `${path}?${search}` : path;
}

export const route = signal<Route>(parseAddress("/", ""));

/** The value of a parameter; an empty string if it is absent. */
export function param(name: string): string {
  return route.value.params[name] ?? "";
}

export type ParamChanges = Record<string, string | null | undefined>;

/** The present address with some parameters changed; null and the empty string remove one. */
export function hrefWith(changes: ParamChanges, tab?: Tab): string {
  const now = route.value;
  return formatAddress(now.world, tab ?? now.tab, mergeParams(now.params, changes));
}

export function mergeParams(params: Params, changes: ParamChanges): Params {
  const result = { ...params };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "") delete result[name];
    else result[name] = value;
  }
  return result;
}

/** Parameters that select something in a world. An address has at most one of them. */
export const SELECTIONS = ["who", "tie", "fact", "meet", "path"] as const;

export function withSelection(changes: ParamChanges): ParamChanges {
  return { ...Object.fromEntries(SELECTIONS.map((name) => [name, null])), ...changes };
}

export function navigate(href: string): void {
  history.pushState(null, "", href);
  readAddress();
}

/** Changes parameters without a new entry in the history: for cameras, filters and other small steps. */
export function replaceParams(changes: ParamChanges): void {
  history.replaceState(null, "", hrefWith(changes));
  readAddress();
}

function readAddress(): void {
  route.value = parseAddress(location.pathname, location.search);
}

export function listenToAddress(): void {
  readAddress();
  addEventListener("popstate", readAddress);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    const link = (event.target as Element).closest?.("a");
    if (
      !link ||
      link.target ||
      link.origin !== location.origin ||
      link.hasAttribute("download") ||
      link.dataset.out !== undefined
    )
      return;
    event.preventDefault();
    if (link.href !== location.href) navigate(link.pathname + link.search);
  });
}
