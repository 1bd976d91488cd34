"""The stores: tables, migrations, queries, the graph, cached counts and notifications. Only this room imports their drivers."""
