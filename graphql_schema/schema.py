"""The schema. `schema.graphql` is its printed form."""

import strawberry

from graphql_schema.activity import FACTS
from graphql_schema.mutations.root import Mutation
from graphql_schema.queries import Query
from graphql_schema.scalars import CONFIG
from graphql_schema.subscriptions import Subscription

schema = strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription, types=FACTS, config=CONFIG)
