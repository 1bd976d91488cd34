"""Credentials of requests, allowed origins, and the number of connections for each viewer."""
