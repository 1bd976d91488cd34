/** The frame around every view: the bar, the view that the address names, the dialog over it. */
import { client } from "./api/client";
import { WorldDocument, WorldsDocument } from "./gql/graphql";
import { Icon } from "./parts/icon";
import { later } from "./state/later";
import { isDragging } from "./state/drops";
import { route } from "./state/route";
import { Bar } from "./views/bar";
import { Missing } from "./views/missing";
import { WorldPlaceholder } from "./views/placeholders";
import { asked, Worlds } from "./views/worlds";

const World = later(() => import("./views/world").then(({ World }) => World), WorldPlaceholder);
const dialogs = () => import("./views/dialogs");
const Dialogs = later(() => dialogs().then(({ Dialogs }) => Dialogs));

export function Shell() {
  const { world, isKnown, params } = route.value;
  return (
    <>
      <a class="button skip" href="#content" data-out onClick={skip}>Skip to content</a>
      <Bar />
      {!isKnown ? <Missing /> : world === undefined ? <Worlds /> : <World key={world} id={world} />}
      {params["do"] && <Dialogs />}
      {isDragging.value && <div class="drop-here"><Icon name="upload" /> Drop the file to make a world of it</div>}
    </>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#content")?.focus();
}

/** Asks for what the address names before anything is drawn, and before the view's own script is here: all travel at the same time. */
export function askAhead(): void {
  const { world, isKnown } = route.value;
  if (!isKnown) return;
  if (world === undefined) void client.query(WorldsDocument.toString(), asked()).toPromise();
  else void client.query(WorldDocument.toString(), { id: world }).toPromise();
}

/** Fetched once somebody is here to use them, so that Ctrl-K answers at once and the first paint waits for nothing. */
for (const sign of ["pointermove", "pointerdown", "keydown"]) addEventListener(sign, () => void dialogs().catch(() => undefined), { once: true, passive: true });
