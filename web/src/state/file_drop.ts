/** Opens the import dialog with a file that is dropped anywhere on the page. */
import { signal } from "@preact/signals";
import { replaceParams } from "./route";

export const droppedFile = signal<File | null>(null);
export const isDragging = signal(false);

export function listenForFileDrops(): void {
  let depth = 0;
  const carriesFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  addEventListener("dragenter", (event) => {
    if (carriesFile(event)) isDragging.value = ++depth > 0;
  });
  addEventListener("dragleave", (event) => {
    if (carriesFile(event)) isDragging.value = --depth > 0;
  });
  addEventListener("dragover", (event) => carriesFile(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    depth = 0;
    isDragging.value = false;
    droppedFile.value = file;
    replaceParams({ do: "import" });
  });
}
