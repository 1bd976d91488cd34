"""Graph queries, answered by Neo4j or by Postgres."""
