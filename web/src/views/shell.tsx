/** The frame of every page: the bar, the view that the address names, and a dialog over it. */
import { Icon } from "../parts/icon";
import { lazy } from "../parts/lazy";
import { isDragging } from "../state/file_drop";
import { route } from "../state/route";
import { Bar } from "./bar";
import { NotFound } from "./not_found";
import { WorldPlaceholder } from "./world/world_placeholder";
import { Worlds } from "./worlds/worlds";

const world = () => import("./world/world");
const World = lazy(() => world().then(({ World }) => World), WorldPlaceholder);
const dialogs = () => import("./dialogs/dialogs");
const Dialogs = lazy(() => dialogs().then(({ Dialogs }) => Dialogs));

export function Shell() {
  const { world: id, isKnown, params } = route.value;
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place of this page, whose focus it sets as well. */}
      <a class="button skip" href="#content" data-out onClick={focusContent}>
        Skip to content
      </a>
      <Bar />
      {!isKnown ? <NotFound /> : id === undefined ? <Worlds /> : <World key={id} id={id} />}
      {params.do && <Dialogs />}
      {isDragging.value && (
        <div class="drop-here">
          <Icon name="upload" /> Drop the file to import it
        </div>
      )}
    </>
  );
}

function focusContent(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#content")?.focus();
}

/** Fetches chunks on the first input, so that worlds and dialogs open at once and the first paint does not wait for them. */
function prefetchChunks(): void {
  for (const part of [world, dialogs]) part().catch(() => undefined);
}

for (const sign of ["pointermove", "pointerdown", "keydown"])
  addEventListener(sign, prefetchChunks, { once: true, passive: true });
