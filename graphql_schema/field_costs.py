"""Costs of the fields that are more work than one object."""

FIELD_COSTS = {"network": 5_000, "measures": 50, "path": 500}
"""In objects. Measures are stored, so that a page of a hundred characters with their measures in three networks stays possible."""
