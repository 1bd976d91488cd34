/** The page for an address that names nothing. */
export function NotFound() {
  return (
    <main class="page" id="content" tabIndex={-1}>
      <div class="notice">
        <h1>This page does not exist</h1>
        <p class="muted">It may have been deleted, or the address is wrong.</p>
        <a class="button main" href="/">
          All worlds
        </a>
      </div>
    </main>
  );
}
