"""Settings, read from environment variables. An invalid one stops the start with its name and the accepted values."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.embedded import folders


class InvalidSettings(Exception):
    """Lists each invalid variable with the accepted values, without its present value, which may be a secret."""


def _url_with_scheme(*schemes: str) -> Any:
    def checked(url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in schemes or not parts.hostname or parts.port == 0:
            raise ValueError
        return url

    return AfterValidator(checked)


def define_setting(variable: str, default: Any, accepts: str, description: str, **bounds: Any) -> Any:
    """`description` says in one sentence what the setting is for."""
    return Field(default, validation_alias=variable, description=description, json_schema_extra={"accepts": accepts}, **bounds)


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    host: str = define_setting(
        "OBSERVATORY_HOST", "127.0.0.1", "a name or address of this machine", "The address on which the server listens."
    )
    port: int = define_setting(
        "OBSERVATORY_PORT", 8000, "0 to 65535; 0 takes a free one", "The port on which the server listens.", ge=0, le=65535
    )
    data: Path = define_setting(
        "OBSERVATORY_DATA",
        Path(".observatory"),
        "a folder",
        "The folder of the embedded stores; `make clean` removes it.",
    )
    database_url: Annotated[str, _url_with_scheme("postgresql", "postgres", "postgresql+asyncpg")] | None = define_setting(
        "DATABASE_URL",
        None,
        "postgresql://user:password@host:5432/database",
        "An existing Postgres (16 or newer); without it one is started.",
    )
    redis_url: Annotated[str, _url_with_scheme("redis", "rediss")] | None = define_setting(
        "REDIS_URL", None, "redis://:password@host:6379/0", "An existing Redis (7 or newer); without it one is started."
    )
    neo4j_uri: Literal["off"] | Annotated[str, _url_with_scheme("bolt", "bolt+s", "neo4j", "neo4j+s")] | None = define_setting(
        "NEO4J_URI",
        None,
        "bolt://host:7687, neo4j://host:7687, or off",
        "An existing Neo4j (5 or newer), or `off`; without it one is started.",
    )
    neo4j_user: str = define_setting("NEO4J_USER", "neo4j", "a name", "The user name for that Neo4j.")
    neo4j_password: SecretStr = define_setting("NEO4J_PASSWORD", SecretStr(""), "a password", "The password for that Neo4j.")
    origins: Annotated[tuple[str, ...], NoDecode] = define_setting(
        "OBSERVATORY_ORIGINS",
        (),
        "https://one.example, https://two.example",
        "Origins of other sites whose pages may use the session cookie.",
    )
    proxies: str = define_setting(
        "OBSERVATORY_PROXIES",
        "127.0.0.1",
        "addresses or networks, or *",
        "Proxies whose forwarded client address and scheme are trusted.",
    )
    workers: int = define_setting(
        "OBSERVATORY_WORKERS", 1, "1 to 64", "Server processes behind the port; each uses one core.", ge=1, le=64
    )
    pool_size: int = define_setting(
        "OBSERVATORY_POOL_SIZE",
        10,
        "2 to 100",
        "Connections to Postgres for each process; fewer if Postgres has too few for all workers.",
        ge=2,
        le=100,
    )
    drain_seconds: float = define_setting(
        "OBSERVATORY_DRAIN_SECONDS",
        5,
        "0 to 300",
        "Seconds that requests in flight may take to end when the server stops.",
        ge=0,
        le=300,
    )
    log_level: Literal["debug", "info", "warning", "error"] = define_setting(
        "OBSERVATORY_LOG_LEVEL", "info", "debug, info, warning or error", "The lowest level that is logged."
    )

    @field_validator("origins", mode="before")
    @classmethod
    def _split_origins(cls, text: Any) -> Any:
        if not isinstance(text, str):
            return text
        return tuple(part.strip().rstrip("/").lower() for part in text.split(",") if part.strip())

    @field_validator("origins")
    @classmethod
    def _check_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            parts = urlsplit(origin)
            if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
                raise ValueError
        return origins

    @property
    def data_folder(self) -> Path:
        """Absolute. The default is in /var/lib when the servers' user cannot enter the clone."""
        return self.data.resolve() if "data" in self.model_fields_set else folders.default_data_folder(self.data)

    @classmethod
    def read(cls) -> Self:
        """Reads the environment. Raises InvalidSettings."""
        try:
            return cls()
        except ValidationError as error:
            raise InvalidSettings(_error_message(error)) from None


def markdown_table() -> str:
    """Returns all settings as the table in README."""
    rows = [
        f"| `{field.validation_alias}` | {_format_default(field.default)} | {_accepted_values(field)} | {field.description} |"
        for field in Settings.model_fields.values()
    ]
    return "\n".join(["| Variable | Default | Accepts | Why |", "|---|---|---|---|", *rows])


def _accepted_values(field: FieldInfo) -> str:
    assert isinstance(field.json_schema_extra, dict)
    return str(field.json_schema_extra["accepts"])


def _format_default(default: object) -> str:
    """Returns an empty text for a secret and for the address of a store."""
    text = default.get_secret_value() if isinstance(default, SecretStr) else str(default or "")
    return f"`{text}`" if text else ""


def _error_message(error: ValidationError) -> str:
    fields = {field.validation_alias: field for field in Settings.model_fields.values()}
    names = dict.fromkeys(str(problem["loc"][0]) for problem in error.errors())
    return "\n".join(f"{name} is not understood. It accepts {_accepted_values(fields[name])}." for name in names)
