"""The GraphQL schema: types, inputs, queries, mutations and subscriptions."""
