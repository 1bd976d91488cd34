/** Notices in place of content: it is loading, it is empty, or it failed. */
import type { ComponentChildren } from "preact";
import type { Failure } from "../api/failures";

export function FailureNotice({
  failure,
  retry,
}: {
  failure: Failure | { title: string; advice?: string; requestId?: string | undefined };
  retry?: () => void;
}) {
  return (
    <div class="notice" role="alert">
      <strong>{failure.title}</strong>
      {failure.advice && <p class="muted">{failure.advice}</p>}
      {failure.requestId && (
        <p class="muted small">
          Request <code>{failure.requestId}</code>
        </p>
      )}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function EmptyNotice({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="notice">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** `height` is the height in px of one row of the expected content. */
export function Skeleton({ rows, height }: { rows: number; height: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} class="skeleton line" style={{ height: `${height - 8}px`, margin: "4px 12px" }} />
      ))}
    </div>
  );
}
