/** The list of worlds, page by page. It is requested without urql: the cache would take half of the time that a phone needs
 * until the first list is visible (measured). */
import { useEffect, useState } from "preact/hooks";
import type { Failure } from "../api/failures";
import { type RequestResult, request } from "../api/request";
import { WorldsDocument, type WorldsQuery, type WorldsQueryVariables } from "../gql/graphql";

type Connection = WorldsQuery["ecosystems"];
type WorldArguments = Omit<WorldsQueryVariables, "first" | "after">;

export interface WorldList {
  connection: Connection | undefined;
  failure: Failure | undefined;
  isLoading: boolean;
  /** Appends the next page. */
  loadMore: () => void;
  refetch: () => void;
}

const PAGE_SIZE = 24;

/** `lastShown` is shown at once when the viewer returns to the list; `prefetched` was requested before the first render. */
let lastShown: { key: string; connection: Connection } | undefined;
let prefetched: { key: string; answer: Promise<RequestResult<WorldsQuery>> } | undefined;

export function prefetchWorlds(args: WorldArguments): void {
  prefetched = { key: JSON.stringify(args), answer: loadPage(args, null) };
}

export function useWorlds(args: WorldArguments): WorldList {
  const key = JSON.stringify(args);
  const [shown, setShown] = useState<{ key: string; connection?: Connection | undefined; failure?: Failure } | undefined>(
    lastShown,
  );
  const [request, setRequest] = useState<{ after: string | null; times: number }>({ after: null, times: 0 });
  const [isLoading, setLoading] = useState(true);

  useEffect(() => {
    let isWanted = true;
    const before = request.after !== null && shown?.key === key ? shown.connection : undefined;
    setLoading(true);
    const answer = prefetched?.key === key ? prefetched.answer : loadPage(args, before ? request.after : null);
    prefetched = undefined;
    void answer.then(({ data, failure }) => {
      if (!isWanted) return;
      setLoading(false);
      if (failure) return setShown({ key, connection: before, failure });
      lastShown = { key, connection: appendPage(before, data.ecosystems) };
      setShown(lastShown);
    });
    return () => {
      isWanted = false;
    };
  }, [key, request]);

  const connection = shown?.connection;
  return {
    connection,
    failure: shown?.key === key ? shown.failure : undefined,
    isLoading,
    loadMore: () => !isLoading && setRequest({ after: connection?.pageInfo.endCursor ?? null, times: request.times + 1 }),
    refetch: () => setRequest({ after: null, times: request.times + 1 }),
  };
}

function appendPage(before: Connection | undefined, next: Connection): Connection {
  if (!before) return next;
  const known = new Set(before.edges.map(({ node }) => node.id));
  return { ...next, edges: [...before.edges, ...next.edges.filter(({ node }) => !known.has(node.id))] };
}

function loadPage(args: WorldArguments, after: string | null): Promise<RequestResult<WorldsQuery>> {
  return request(WorldsDocument, { ...args, first: PAGE_SIZE, after });
}
