/** The page for an address that names nothing. */
export function NotFound() {
  return (
    <main class="page" id="content" tabIndex={-1}>
      <div class="notice">
        <h1>There is nothing at this address</h1>
        <p class="muted">It may have been deleted, or it was never there.</p>
        <a class="button main" href="/">
          See all worlds
        </a>
      </div>
    </main>
  );
}
