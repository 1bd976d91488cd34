/** Starts the page: reads the address, asks who is here, draws, and listens for what reaches the whole page. */
import { render } from "preact";
import "@preact/signals";
import { Shell } from "./shell";
import { startTicking } from "./state/clock";
import { listenForReasonsToTry } from "./state/connection";
import { listenForDrops } from "./state/drops";
import { listenToAddress, route } from "./state/route";
import { recogniseViewer } from "./state/session";
import { listenForShortcuts } from "./state/shortcuts";
import { askEarly } from "./state/worlds";
import { wanted } from "./views/worlds";

listenToAddress();
if (route.value.isKnown && route.value.world === undefined) askEarly(wanted());
listenForReasonsToTry();
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
