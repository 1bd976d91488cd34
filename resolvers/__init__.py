"""Resolvers: one function for each query, mutation and subscription, in terms of the domain and the stores."""
