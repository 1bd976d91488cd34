"""The copy of the ecosystems in Neo4j: what to write, writing it, and finding differences."""
