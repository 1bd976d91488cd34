"""Small HTTP endpoints beside GraphQL: the page, sign-in links, uploads, health checks and metrics."""
