"""Subscriptions. Subscribers whose operation, variables and access are equal share one execution of each event.

`SubscriptionRegistry` assigns a subscriber to a `SharedSubscription`, which reads the events, executes each one once
(`EventExecution`), keeps the recent ones as bytes (`EventBuffer`) and sends them to the `Sink` of each subscriber.
"""
