/** Starts the page: reads the address, asks who is here, draws, and listens for what reaches the whole page. */
import { render } from "preact";
import "@preact/signals";
import { Shell } from "./shell";
import { startTicking } from "./state/clock";
import { listenForReasonsToTry } from "./state/connection";
import { listenToAddress } from "./state/route";
import { recogniseViewer } from "./state/session";
import { listenForDrops } from "./state/drops";
import { listenForShortcuts } from "./state/shortcuts";

listenToAddress();
listenForReasonsToTry();
listenForShortcuts();
listenForDrops();
startTicking();
void recogniseViewer();

const root = document.getElementById("app")!;
root.replaceChildren();
render(<Shell />, root);
