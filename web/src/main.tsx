/** Starts the page: reads the address, asks who is here, draws, and listens for what reaches the whole page. */
import { render } from "preact";
import "@preact/signals";
import { connection } from "./api/connection";
import { startTicking } from "./state/clock";
import { listenForDrops } from "./state/file_drop";
import { listenToAddress, route } from "./state/route";
import { listenForShortcuts } from "./state/shortcuts";
import { recogniseViewer } from "./state/viewer";
import { askEarly } from "./state/world_list";
import { Shell } from "./views/shell";
import { wanted } from "./views/worlds/worlds";

listenToAddress();
if (route.value.isKnown && route.value.world === undefined) askEarly(wanted());
connection.start();
listenForShortcuts();
listenForDrops();
startTicking();
void recogniseViewer();

// A task of its own: while one runs, a phone answers to no finger.
setTimeout(() => {
  const root = document.getElementById("app");
  if (!root) throw new Error("The page has no #app.");
  root.replaceChildren();
  render(<Shell />, root);
});
