/** Whether the page is narrow. It shows one pane at a time then. */
import { signal } from "@preact/signals";

const query = matchMedia("(max-width: 900px)");
export const isNarrow = signal(query.matches);
query.addEventListener("change", (event) => (isNarrow.value = event.matches));
