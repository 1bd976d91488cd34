"""The stores: tables, migrations, queries, the graph, caches and notifications. Only this room imports their drivers."""
