"""GraphQL over server-sent events (graphql-sse)."""
