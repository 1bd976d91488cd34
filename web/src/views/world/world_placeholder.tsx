/** The shape of a world's view before its script is here. */
export function WorldPlaceholder() {
  return (
    <main class="page world-frame" id="content" tabIndex={-1} aria-busy="true">
      <div class="pane" />
      <div class="pane" />
      <div class="pane" />
    </main>
  );
}
