/** Whether the page is narrow: then panes come one at a time. */
import { signal } from "@preact/signals";

const query = matchMedia("(max-width: 900px)");
export const isNarrow = signal(query.matches);
query.addEventListener("change", (event) => (isNarrow.value = event.matches));
