/** The urql client: results go through the normalised cache; subscriptions go through `subscribe`, which reconnects. */
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { keys, possibleTypes, resolvers, updates } from "./cache_config";
import { ENDPOINT, HEADERS } from "./request";
import { subscribe } from "./subscription";

export const client = new Client({
  url: ENDPOINT,
  preferGetMethod: false,
  requestPolicy: "cache-and-network",
  fetchOptions: { credentials: "same-origin", headers: HEADERS },
  exchanges: [
    cacheExchange({ keys, possibleTypes, resolvers, updates }),
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe(sink) {
          const stop = subscribe({
            query: query ?? "",
            variables: variables ?? {},
            after: variables?.after as string | undefined,
            next: sink.next,
          });
          return { unsubscribe: stop };
        },
      }),
    }),
  ],
});
