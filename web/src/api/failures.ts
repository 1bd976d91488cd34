/** Turns errors of requests into texts for people: what happened, what is safe, what to do. */

export interface Failure {
  title: string;
  advice: string;
  /** The id of the request in the server's log; undefined if the server was not reached. */
  requestId?: string | undefined;
}

interface ErrorSource {
  networkError?: Error | undefined;
  graphQLErrors?: readonly { message: string; extensions?: Record<string, unknown> | undefined }[] | undefined;
  response?: { status?: number; headers?: Headers } | undefined;
}

export function toFailure(source: ErrorSource): Failure {
  const first = source.graphQLErrors?.[0];
  const extensions = first?.extensions ?? {};
  const requestId = asString(extensions.id) ?? source.response?.headers?.get("x-request-id") ?? undefined;
  if (first) return { title: first.message, advice: adviceFor(asString(extensions.code)), requestId };
  if (source.response?.status === 429)
    return { title: "Too many requests.", advice: "Wait a moment, then try again.", requestId };
  return {
    title: "The server does not answer.",
    advice: "Nothing was lost. Check the connection, then try again.",
    requestId,
  };
}

function adviceFor(code: string | undefined): string {
  if (code?.startsWith("INTERNAL"))
    return "Nothing was changed. Try again. If it fails again, send the request's id to the host of this server.";
  return "Nothing was changed. Reload the page, then try again.";
}

function asString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
