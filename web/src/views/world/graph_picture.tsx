/** Connects the picture with the page: pointers and keys go in, selections and cameras come out. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Gestures } from "../../drawing/camera/gestures";
import { shortestPath, tiesByCharacter } from "../../drawing/network/adjacency";
import { type Direction, nearestInDirection } from "../../drawing/network/hit_testing";
import { paletteFor } from "../../drawing/palette";
import { Picture, type PictureOptions } from "../../drawing/picture";
import { Icon } from "../../parts/icon";
import { lazy } from "../../parts/lazy";
import { type Network, networkStore } from "../../state/network_store";
import { clearPins, pinnedIds, togglePin } from "../../state/pins";
import { hrefWith, navigate, param, replaceParams, withSelection } from "../../state/route";
import { pictureActions } from "../../state/shortcuts";
import { isDark, prefersReducedMotion } from "../../state/theme";
import { tieFilter } from "../../state/visible_ties";
import { pluralize } from "../../words/numbers";

const Minimap = lazy(() => import("./minimap").then(({ Minimap }) => Minimap));

const ARROWS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const MINIMAP_CHARACTERS_MIN = 300;
const NO_PATH: readonly number[] = [];

export function GraphPicture({ network }: { network: Network | null }) {
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture>(null);
  const [isFocused, setFocused] = useState(false);
  const [hovered, setHovered] = useState(-1);
  const options = usePictureOptions(network, isFocused);
  const latest = useRef(network);
  latest.current = network;

  useEffect(() => {
    const created = new Picture(
      stage.current!,
      {
        draw: (camera, size, ratio, filter, palette, limit) =>
          networkStore.draw({ kind: "draw", camera, size, ratio, filter, palette, limit }),
        onRest: (camera) => replaceParams({ camera }),
        onHover: setHovered,
      },
      options,
    );
    picture.current = created;
    Object.assign(stage.current!, { picture: created });
    const gestures = new Gestures(stage.current!, created, (index) => select(latest.current, index));
    networkStore.attach({
      drawn: (drawn) => created.showTies(drawn),
      updated: (change) => created.applyDelta(change, networkStore.network.peek()!.nodeIndex),
    });
    Object.assign(pictureActions, {
      fit: () => created.fit(),
      zoom: (factor: number) => created.zoom(factor),
      expand: () => expand(latest.current, created),
    });
    return () => {
      networkStore.attach(null);
      gestures.dispose();
      created.dispose();
      for (const key of ["fit", "zoom", "expand"] as const) delete pictureActions[key];
    };
  }, []);

  // Deltas reach the picture through the listener; this effect sets a network that the picture does not have yet.
  useEffect(() => {
    const newest = network && networkStore.network.peek();
    if (newest && newest.columns !== picture.current?.columns)
      picture.current?.setNetwork(newest.columns, newest.nodeIndex, param("camera"));
  }, [network]);
  useEffect(
    () => picture.current?.setOptions(options),
    [
      options.selected,
      options.other,
      options.path,
      options.pinned,
      options.isFocused,
      options.filter,
      options.palette,
      options.isInstant,
    ],
  );
  useEffect(() => {
    if (options.selected >= 0 && !picture.current?.isInView(options.selected)) picture.current?.fitTo([options.selected]);
  }, [options.selected]);

  const handleKey = (event: KeyboardEvent) => {
    const direction = ARROWS[event.key];
    if (!direction || !network || !picture.current) return;
    event.preventDefault();
    select(network, nextSelection(network, picture.current, options.selected, direction));
  };
  return (
    <>
      <div
        ref={stage}
        class="stage"
        role="application"
        tabIndex={0}
        aria-label={describe(network)}
        aria-describedby="picture-keys"
        onKeyDown={handleKey}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      />
      <p id="picture-keys" class="visually-hidden">
        Arrow keys select a neighbour. Press t for a table.
      </p>
      <p class="visually-hidden" role="status">
        {isFocused ? describeSelection(network, picture.current, options.selected) : ""}
      </p>
      {!network && (
        <div class="graph-loading" role="status">
          <span class="skeleton" />
          <span class="visually-hidden">The graph is loading</span>
        </div>
      )}
      <Controls />
      {network && hovered >= 0 && (
        <p class="tip" aria-hidden="true">
          {network.columns.names[hovered]}
          <span class="muted"> · {pluralize((picture.current?.neighbours(hovered).size ?? 1) - 1, "relationship")}</span>
        </p>
      )}
      {network && picture.current && network.columns.ids.length > MINIMAP_CHARACTERS_MIN && (
        <Minimap network={network} picture={picture.current} camera={param("camera")} />
      )}
    </>
  );
}

function Controls() {
  return (
    <div class="controls" role="group" aria-label="Graph controls">
      <button
        type="button"
        class="button icon zoom"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => pictureActions.zoom?.(1.4)}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        class="button icon zoom"
        aria-label="Zoom out"
        title="Zoom out (-)"
        onClick={() => pictureActions.zoom?.(1 / 1.4)}
      >
        <Icon name="minus" />
      </button>
      <button type="button" class="button icon" aria-label="Fit all" title="Fit all (f)" onClick={() => pictureActions.fit?.()}>
        <Icon name="fit" />
      </button>
      {param("who") && (
        <button
          type="button"
          class="button icon"
          aria-label="Show the neighbours of the selection"
          title="Show the neighbours (e)"
          onClick={() => pictureActions.expand?.()}
        >
          <Icon name="expand" />
        </button>
      )}
      {param("who") && (
        <button
          type="button"
          class="button icon"
          aria-label="Pin the selection"
          aria-pressed={pinnedIds.value.includes(param("who"))}
          title="Pin: keep highlighted (p)"
          onClick={togglePin}
        >
          <Icon name="pin" />
        </button>
      )}
      {!param("who") && pinnedIds.value.length > 0 && (
        <button type="button" class="button icon" aria-label="Clear pins" title="Clear pins (Escape)" onClick={clearPins}>
          <Icon name="unpin" />
        </button>
      )}
      <a class="button icon" href={hrefWith({ as: "table" })} aria-label="Show as a table" title="As a table (t)">
        <Icon name="table" />
      </a>
    </div>
  );
}

function usePictureOptions(network: Network | null, isFocused: boolean): PictureOptions {
  const indexOf = (id: string | undefined): number => (id && network ? network.nodeIndex.characterIndex(id) : -1);
  const [from, to] = (param("tie") || param("meet") || param("path")).split("~");
  const selected = param("who") ? indexOf(param("who")) : indexOf(from);
  const other = param("who") ? -1 : indexOf(to);
  const isPath = Boolean(param("path")) && selected >= 0 && other >= 0;
  const path = useMemo(
    () =>
      isPath && network ? (shortestPath(network.columns, tiesByCharacter(network.columns), selected, other) ?? []) : NO_PATH,
    [network, isPath, selected, other],
  );
  const pins = useMemo(() => pinnedIds.value.map(indexOf).filter((index) => index >= 0), [network, pinnedIds.value]);
  return {
    selected,
    other,
    path,
    pinned: pins,
    isFocused,
    filter: tieFilter.value,
    palette: paletteFor(isDark.value),
    isInstant: prefersReducedMotion.value,
  };
}

function select(network: Network | null, index: number): void {
  const id = network?.columns.ids[index];
  if (id) navigate(hrefWith(withSelection({ who: id })));
  else if (param("who") || param("tie") || param("path")) navigate(hrefWith(withSelection({})));
}

function expand(network: Network | null, picture: Picture): void {
  const index = network?.nodeIndex.characterIndex(param("who")) ?? -1;
  if (index >= 0) picture.fitTo([...picture.neighbours(index)]);
}

/** Without a selection, the most active character; else the neighbour in this direction, or any character in it. */
function nextSelection({ columns }: Network, picture: Picture, selected: number, direction: Direction): number {
  if (selected < 0) return picture.mostActive();
  const along = nearestInDirection(columns, selected, picture.neighbours(selected), direction);
  const next = along >= 0 ? along : nearestInDirection(columns, selected, columns.ids.keys(), direction);
  return next >= 0 ? next : selected;
}

function describe(network: Network | null): string {
  if (!network) return "Graph of this world, loading";
  const { ids, from } = network.columns;
  return `Graph of this world: ${pluralize(ids.length, "person", "people")}, ${pluralize(from.length, "relationship")}`;
}

function describeSelection(network: Network | null, picture: Picture | null, index: number): string {
  if (!network || !picture || index < 0) return "";
  const { ids, names } = network.columns;
  const neighbours = [...picture.neighbours(index)].filter((other) => other !== index).slice(0, 5);
  const pinned = pinnedIds.value.includes(ids[index]!) ? ", pinned" : "";
  return `${names[index]}${pinned}, knows ${neighbours.map((other) => names[other]).join(", ") || "no one yet"}`;
}
