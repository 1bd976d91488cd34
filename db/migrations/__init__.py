"""Migrations: how tables come to be what `db/` declares. One that has landed is never edited."""

from pathlib import Path

from alembic import command
from alembic.config import Config

FOLDER = Path(__file__).parent


def configuration(database_url: str) -> Config:
    """For alembic's commands; the URL may be of any form that asyncpg or SQLAlchemy takes."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    plain = database_url.replace("postgresql+asyncpg://", "postgresql://").replace("postgres://", "postgresql://", 1)
    config.attributes["database_url"] = plain.replace("postgresql://", "postgresql+asyncpg://", 1)
    return config


def upgrade(database_url: str, revision: str = "head") -> None:
    """Brings the database up to date; several at once wait for each other. Blocks: call it outside an event loop or in a thread."""
    command.upgrade(configuration(database_url), revision)


def downgrade(database_url: str, revision: str) -> None:
    command.downgrade(configuration(database_url), revision)
