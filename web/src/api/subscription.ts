/** Following: a subscription that outlives its socket. It remembers the last cursor and asks from there, because graphql-ws itself
 * would ask again with the first variables. */
import type { ExecutionResult } from "@urql/core";
import { type Client, createClient } from "graphql-ws";
import { connection } from "./connection";

const PING_EVERY_MS = 5_000;
const PONG_WITHIN_MS = 3_000;

export interface Following {
  query: string;
  variables: Record<string, unknown>;
  after?: string | undefined;
  next: (result: ExecutionResult) => void;
  /** Called with what the server says last: the history was replaced, or it may not be seen any more. */
  ended?: (event: { __typename: string; explanation?: string; head?: string }) => void;
}

type Event = { __typename: string; cursor?: string; explanation?: string; head?: string };

const FINAL = new Set(["CursorLost", "NotFound", "NotAllowed", "NotSignedIn"]);

/** Returns what stops it. */
export function follow(following: Following): () => void {
  let stopped = false;
  let cut: (() => void) | undefined;
  void (async () => {
    let after = following.after;
    while (!stopped) {
      const last = await once(
        following,
        after,
        (event) => {
          after = event.cursor ?? after;
        },
        (stop) => {
          cut = stop;
        },
      );
      if (last === "ended" || stopped) return;
      await connection.waitForRetry();
    }
  })();
  return () => {
    stopped = true;
    cut?.();
  };
}

/** One life of the subscription on one socket. */
function once(
  following: Following,
  after: string | undefined,
  seen: (event: Event) => void,
  cuttable: (stop: () => void) => void,
): Promise<"ended" | "cut"> {
  return new Promise((resolve) => {
    let final: Event | undefined;
    const unsubscribe = socket().subscribe<Record<string, unknown>>(
      { query: following.query, variables: { ...following.variables, after: after ?? null } },
      {
        next(result) {
          const event = result.data && (Object.values(result.data)[0] as Event | null);
          if (event) seen(event);
          connection.markAlive();
          following.next(result as ExecutionResult);
          if (event && FINAL.has(event.__typename)) {
            final = event;
            following.ended?.(event);
          }
        },
        error: () => resolve(final ? "ended" : "cut"),
        complete: () => resolve(final ? "ended" : "cut"),
      },
    );
    cuttable(() => {
      unsubscribe();
      resolve("cut");
    });
  });
}

let shared: Client | undefined;

function socket(): Client {
  shared ??= connect();
  return shared;
}

function connect(): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    retryAttempts: 0,
    shouldRetry: () => false,
    keepAlive: PING_EVERY_MS,
    connectionAckWaitTimeout: 5_000,
    lazyCloseTimeout: 2_000,
    on: {
      connecting: () => connection.markConnecting(),
      connected: () => connection.markAlive(),
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (!received) return;
        clearTimeout(pongTimer);
        connection.markAlive();
      },
      closed: () => clearTimeout(pongTimer),
    },
    onNonLazyError: () => undefined,
  });
  return client;
}
