/** The panes of a world, empty, until its chunk has loaded. */
export function WorldPlaceholder() {
  return (
    <main class="page world-frame" id="content" tabIndex={-1} aria-busy="true">
      <div class="pane" />
      <div class="pane" />
      <div class="pane" />
    </main>
  );
}
