// Real clients behind one shape: query(text, variables) -> data, and follow(text, variables, sink), which reports a lost
// connection as sink.lost() unless the client comes back by itself, with `variables` as they are by then.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { Client, fetchExchange, subscriptionExchange } from '@urql/core'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient as createWsClient } from 'graphql-ws'
import { Network, Observable } from 'relay-runtime'
import WebSocket from 'ws'

// Apollo looks for the browser's.
globalThis.WebSocket ??= WebSocket

const socketUrl = (url) => url.replace('http', 'ws')

const post = async (url, query, variables) => {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json()
}

// Once: the caller follows anew with the cursor that it has. Else the library comes back by itself.
const socketClient = (url, once) =>
  createWsClient({
    url: socketUrl(url),
    webSocketImpl: WebSocket,
    retryWait: async () => pause(20),
    // By default it gives up when nobody listens, as it is while a server starts again.
    shouldRetry: () => true,
    retryAttempts: once ? 0 : 1000,
  })

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const graphqlWs = (url) => {
  const client = socketClient(url, false)
  return {
    query: async (query, variables) => {
      for await (const { data } of client.iterate({ query, variables })) return data
    },
    // The library sends this very object again when it reconnects: its variables are those of then.
    follow: (query, variables, sink) => client.subscribe({ query, variables }, { next: ({ data }) => sink.next(data), error: sink.failed, complete: sink.lost }),
  }
}

const graphqlSse = (url, singleConnection) => {
  const client = createSseClient({ url, singleConnection, retry: async () => pause(20), retryAttempts: 1000 })
  return {
    query: async (query, variables) => {
      for await (const { data } of client.iterate({ query, variables })) return data
    },
    // A stream that ends without its last word is an error here, also to a client that would retry.
    follow: (query, variables, sink) => client.subscribe({ query, variables }, { next: ({ data }) => sink.next(data), error: sink.lost, complete: sink.lost }),
  }
}

const urql = (url) => {
  const sockets = socketClient(url, true)
  const forwardSubscription = ({ query, variables }) => ({ subscribe: (sink) => ({ unsubscribe: sockets.subscribe({ query, variables }, sink) }) })
  const client = new Client({ url, preferGetMethod: false, exchanges: [fetchExchange, subscriptionExchange({ forwardSubscription })] })
  return {
    query: async (query, variables) => {
      const { data, error } = await client.query(query, variables, { requestPolicy: 'network-only' }).toPromise()
      if (error) throw error
      return data
    },
    follow: (query, variables, sink) => {
      const { unsubscribe } = client.subscription(query, { ...variables }).subscribe(({ data, error }) => {
        if (!error) return sink.next(data)
        unsubscribe()
        sink.lost()
      })
    },
  }
}

// urql without sockets: its fetch exchange reads subscriptions as events, by the same header as its queries.
const urqlFetch = (url) => {
  const client = new Client({ url, preferGetMethod: false, fetchSubscriptions: true, exchanges: [fetchExchange] })
  return { ...urql(url), follow: urqlFollow(client) }
}

const urqlFollow = (client) => (query, variables, sink) => {
  let isLost = false
  client.subscription(query, { ...variables }).subscribe(({ data, error, hasNext }) => {
    if (isLost) return
    // The end of the stream comes with the last data once more.
    if (!error && hasNext !== false) return sink.next(data)
    isLost = true
    sink.lost()
  })
}

const apollo = (url) => {
  const isSubscription = ({ operationType }) => operationType === 'subscription'
  const link = ApolloLink.split(isSubscription, new GraphQLWsLink(socketClient(url, true)), new HttpLink({ uri: url }))
  const client = new ApolloClient({ link, cache: new InMemoryCache() })
  return {
    query: async (query, variables) => (await client.query({ query: gql(query), variables, fetchPolicy: 'no-cache' })).data,
    follow: (query, variables, sink) =>
      client.subscribe({ query: gql(query), variables: { ...variables }, fetchPolicy: 'no-cache' }).subscribe({
        next: ({ data, error }) => (error ? sink.lost() : sink.next(data)),
        error: sink.lost,
      }),
  }
}

const relay = (url) => {
  const sockets = socketClient(url, true)
  const network = Network.create(
    ({ text }, variables) => post(url, text, variables),
    ({ text }, variables) => Observable.create((sink) => sockets.subscribe({ query: text, variables }, sink)),
  )
  const execute = (operationKind, text, variables) => network.execute({ id: null, cacheID: text, name: 'Test', operationKind, text, metadata: {} }, variables, { force: true })
  return {
    query: async (query, variables) => (await execute('query', query, variables).toPromise()).data,
    follow: (query, variables, sink) => execute('subscription', query, { ...variables }).subscribe({ next: ({ data }) => sink.next(data), error: sink.lost, complete: sink.lost }),
  }
}

export const clients = {
  'graphql-ws': graphqlWs,
  'graphql-sse': (url) => graphqlSse(url, false),
  'graphql-sse-single': (url) => graphqlSse(url, true),
  urql,
  'urql-fetch': urqlFetch,
  apollo,
  relay,
}
