/** The picture on the page: pointers, wheel and keys in, selections and cameras out. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Gestures } from "../../drawing/camera/gestures";
import { type Direction, tiesByCharacter, towards, wayBetween } from "../../drawing/network/hit_testing";
import { paletteFor } from "../../drawing/palette";
import { type Looks, Picture } from "../../drawing/picture";
import { Icon } from "../../parts/icon";
import { later } from "../../parts/lazy";
import { type Network, networkStore } from "../../state/network_store";
import { flipPin, letPinsGo, pinned } from "../../state/pins";
import { go, here, note, param, selecting } from "../../state/route";
import { pictureKeys } from "../../state/shortcuts";
import { isDark, isStill } from "../../state/theme";
import { shown } from "../../state/visible_ties";
import { plural } from "../../words/numbers";

const Minimap = later(() => import("./minimap").then(({ Minimap }) => Minimap));

const ARROWS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const MINIMAP_ABOVE = 300;
const NO_WAY: readonly number[] = [];

export function GraphPicture({ network }: { network: Network | null }) {
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture>(null);
  const [isFocused, setFocused] = useState(false);
  const [hovered, setHovered] = useState(-1);
  const looks = useLooks(network, isFocused);
  const latest = useRef(network);
  latest.current = network;

  useEffect(() => {
    const made = new Picture(
      stage.current!,
      {
        draw: (camera, size, ratio, shown, palette, most) =>
          networkStore.draw({ kind: "draw", camera, size, ratio, shown, palette, most }),
        rested: (camera) => note({ camera }),
        hovered: setHovered,
      },
      looks,
    );
    picture.current = made;
    Object.assign(stage.current!, { picture: made });
    const gestures = new Gestures(stage.current!, made, (index) => select(latest.current, index));
    networkStore.attach({
      drawn: (drawn) => made.took(drawn),
      altered: (change) => made.alter(change, networkStore.network.peek()!.places),
    });
    Object.assign(pictureKeys, {
      fit: () => made.fit(),
      zoom: (factor: number) => made.zoom(factor),
      expand: () => expand(latest.current, made),
    });
    return () => {
      networkStore.attach(null);
      gestures.dispose();
      made.dispose();
      for (const key of ["fit", "zoom", "expand"] as const) delete pictureKeys[key];
    };
  }, []);

  // Changes come to the picture by themselves, and sooner; here is shown what it has not.
  useEffect(() => {
    const newest = network && networkStore.network.peek();
    if (newest && newest.columns !== picture.current?.columns)
      picture.current?.show(newest.columns, newest.places, param("camera"));
  }, [network]);
  useEffect(
    () => picture.current?.look(looks),
    [looks.selected, looks.other, looks.way, looks.pinned, looks.isFocused, looks.shown, looks.palette, looks.isStill],
  );
  useEffect(() => {
    if (looks.selected >= 0 && !picture.current?.isInView(looks.selected)) picture.current?.frameOn([looks.selected]);
  }, [looks.selected]);

  const press = (event: KeyboardEvent) => {
    const direction = ARROWS[event.key];
    if (!direction || !network || !picture.current) return;
    event.preventDefault();
    select(network, step(network, picture.current, looks.selected, direction));
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
        onKeyDown={press}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      />
      <p id="picture-keys" class="unseen">
        Arrow keys go to whom the selected one knows. Press t for the same as a table.
      </p>
      <p class="unseen" role="status">
        {isFocused ? tell(network, picture.current, looks.selected) : ""}
      </p>
      {!network && (
        <div class="graph-loading" role="status">
          <span class="skeleton" />
          <span class="unseen">The picture is being drawn</span>
        </div>
      )}
      <Controls />
      {network && hovered >= 0 && (
        <p class="tip" aria-hidden="true">
          {network.columns.names[hovered]}
          <span class="muted"> · {plural((picture.current?.neighbours(hovered).size ?? 1) - 1, "tie")}</span>
        </p>
      )}
      {network && picture.current && network.columns.ids.length > MINIMAP_ABOVE && (
        <Minimap network={network} picture={picture.current} camera={param("camera")} />
      )}
    </>
  );
}

function Controls() {
  return (
    <div class="controls" role="group" aria-label="Picture">
      <button
        type="button"
        class="button icon zoom"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => pictureKeys.zoom?.(1.4)}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        class="button icon zoom"
        aria-label="Zoom out"
        title="Zoom out (-)"
        onClick={() => pictureKeys.zoom?.(1 / 1.4)}
      >
        <Icon name="minus" />
      </button>
      <button type="button" class="button icon" aria-label="Fit all" title="Fit all (f)" onClick={() => pictureKeys.fit?.()}>
        <Icon name="fit" />
      </button>
      {param("who") && (
        <button
          type="button"
          class="button icon"
          aria-label="Show the selected one's circle"
          title="Show the circle (e)"
          onClick={() => pictureKeys.expand?.()}
        >
          <Icon name="expand" />
        </button>
      )}
      {param("who") && (
        <button
          type="button"
          class="button icon"
          aria-label="Pin the selected one"
          aria-pressed={pinned.value.includes(param("who"))}
          title="Pin: stays in the light while you look at others (p)"
          onClick={flipPin}
        >
          <Icon name="pin" />
        </button>
      )}
      {!param("who") && pinned.value.length > 0 && (
        <button
          type="button"
          class="button icon"
          aria-label="Let the pins go"
          title="Let the pins go (Escape)"
          onClick={letPinsGo}
        >
          <Icon name="unpin" />
        </button>
      )}
      <a class="button icon" href={here({ as: "table" })} aria-label="Show as a table" title="As a table (t)">
        <Icon name="table" />
      </a>
    </div>
  );
}

function useLooks(network: Network | null, isFocused: boolean): Looks {
  const at = (id: string | undefined): number => (id && network ? network.places.character(id) : -1);
  const [from, to] = (param("tie") || param("meet") || param("path")).split("~");
  const selected = param("who") ? at(param("who")) : at(from);
  const other = param("who") ? -1 : at(to);
  const isPath = Boolean(param("path")) && selected >= 0 && other >= 0;
  const way = useMemo(
    () => (isPath && network ? (wayBetween(network.columns, tiesByCharacter(network.columns), selected, other) ?? []) : NO_WAY),
    [network, isPath, selected, other],
  );
  const pins = useMemo(() => pinned.value.map(at).filter((index) => index >= 0), [network, pinned.value]);
  return {
    selected,
    other,
    way,
    pinned: pins,
    isFocused,
    shown: shown.value,
    palette: paletteFor(isDark.value),
    isStill: isStill.value,
  };
}

function select(network: Network | null, index: number): void {
  const id = network?.columns.ids[index];
  if (id) go(here(selecting({ who: id })));
  else if (param("who") || param("tie") || param("path")) go(here(selecting({})));
}

function expand(network: Network | null, picture: Picture): void {
  const index = network?.places.character(param("who")) ?? -1;
  if (index >= 0) picture.frameOn([...picture.neighbours(index)]);
}

/** From nobody to the best known; from somebody along its ties, else to whoever is next on the plane. */
function step({ columns }: Network, picture: Picture, selected: number, direction: Direction): number {
  if (selected < 0) return picture.first();
  const along = towards(columns, selected, picture.neighbours(selected), direction);
  const next = along >= 0 ? along : towards(columns, selected, columns.ids.keys(), direction);
  return next >= 0 ? next : selected;
}

function describe(network: Network | null): string {
  if (!network) return "The network of this world, loading";
  return `The network of this world: ${plural(network.columns.ids.length, "person", "people")}, ${plural(network.columns.from.length, "tie")}`;
}

function tell(network: Network | null, picture: Picture | null, index: number): string {
  if (!network || !picture || index < 0) return "";
  const names = [...picture.neighbours(index)]
    .filter((other) => other !== index)
    .slice(0, 5)
    .map((other) => network.columns.names[other]);
  return `${network.columns.names[index]}${pinned.value.includes(network.columns.ids[index]!) ? ", pinned" : ""}, knows ${names.join(", ") || "nobody"}`;
}
