/** Starts the page: reads the address, loads the viewer, renders, and adds the listeners of the whole page. */
import { render } from "preact";
import "@preact/signals";
import { connection } from "./api/connection";
import { startClock } from "./state/clock";
import { listenForFileDrops } from "./state/file_drop";
import { listenToAddress, route } from "./state/route";
import { listenForShortcuts } from "./state/shortcuts";
import { loadViewer } from "./state/viewer";
import { prefetchWorlds } from "./state/world_list";
import { Shell } from "./views/shell";
import { argumentsFromAddress } from "./views/worlds/worlds";

listenToAddress();
if (route.value.isKnown && route.value.world === undefined) prefetchWorlds(argumentsFromAddress());
connection.start();
listenForShortcuts();
listenForFileDrops();
startClock();
void loadViewer();

// A task of its own, because a phone does not react to touch while a task runs.
setTimeout(() => {
  const root = document.getElementById("app");
  if (!root) throw new Error("The page has no #app.");
  root.replaceChildren();
  render(<Shell />, root);
});
