"""Imports all tables, for migrations and tests."""

from sqlmodel import SQLModel

from db import activity, characters, conversations, ecosystems, interactions, networks, relationships, users

METADATA = SQLModel.metadata
TABLE_MODULES = (activity, characters, conversations, ecosystems, interactions, networks, relationships, users)
