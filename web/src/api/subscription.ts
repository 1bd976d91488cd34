/** Subscriptions that outlive their socket. Each remembers its last cursor and resumes after it; graphql-ws alone would
 * subscribe again with the first variables. */
import type { ExecutionResult } from "@urql/core";
import { type Client, createClient } from "graphql-ws";
import { connection } from "./connection";

const PING_EVERY_MS = 5_000;
const PONG_WITHIN_MS = 3_000;

export interface SubscriptionOptions {
  query: string;
  variables: Record<string, unknown>;
  after?: string | undefined;
  next: (result: ExecutionResult) => void;
  /** Receives the event that ends the subscription: the cursor is lost, or the viewer may no longer see the world. */
  onFinal?: (event: { __typename: string; explanation?: string; head?: string }) => void;
}

type Event = { __typename: string; cursor?: string; explanation?: string; head?: string };

const FINAL_TYPES = new Set(["CursorLost", "NotFound", "NotAllowed", "NotSignedIn"]);

/** Returns a function that unsubscribes. */
export function subscribe(options: SubscriptionOptions): () => void {
  let isStopped = false;
  let unsubscribe: (() => void) | undefined;
  void (async () => {
    let after = options.after;
    while (!isStopped) {
      const last = await subscribeOnce(
        options,
        after,
        (event) => {
          after = event.cursor ?? after;
        },
        (stop) => {
          unsubscribe = stop;
        },
      );
      if (last === "ended" || isStopped) return;
      await connection.waitForRetry();
    }
  })();
  return () => {
    isStopped = true;
    unsubscribe?.();
  };
}

/** Subscribes once, on one socket. Resolves when the server completes the subscription or the socket closes. */
function subscribeOnce(
  options: SubscriptionOptions,
  after: string | undefined,
  onEvent: (event: Event) => void,
  onSubscribed: (stop: () => void) => void,
): Promise<"ended" | "cut"> {
  return new Promise((resolve) => {
    let final: Event | undefined;
    const unsubscribe = getClient().subscribe<Record<string, unknown>>(
      { query: options.query, variables: { ...options.variables, after: after ?? null } },
      {
        next(result) {
          const event = result.data && (Object.values(result.data)[0] as Event | null);
          if (event) onEvent(event);
          connection.markAlive();
          options.next(result as ExecutionResult);
          if (event && FINAL_TYPES.has(event.__typename)) {
            final = event;
            options.onFinal?.(event);
          }
        },
        error: () => resolve(final ? "ended" : "cut"),
        complete: () => resolve(final ? "ended" : "cut"),
      },
    );
    onSubscribed(() => {
      unsubscribe();
      resolve("cut");
    });
  });
}

let client: Client | undefined;

function getClient(): Client {
  client ??= createSocketClient();
  return client;
}

function createSocketClient(): Client {
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
