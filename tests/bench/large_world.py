"""A large public world, generated in Postgres: characters and relationships without a history."""

from typing import Any
from uuid import UUID

ID = UUID("b0000000-0000-4000-8000-000000000000")
CHARACTERS, TIES_OF_EACH = 1_000, 100

_INSERT = f"""
INSERT INTO ecosystems (id, name, name_key, description, visibility, rule_set, seed, clock_world_seconds, clock_since,
    clock_rate, version, epoch, epoch_version, head, characters_made, created_at, updated_at, active_at)
VALUES ('{ID}', 'Large', 'large', '', 'public', 'story', '1', 0, now(), 0, 1, 1, 0, 0, {CHARACTERS}, now(), now(), now());
INSERT INTO characters (ecosystem_id, number, name, name_key, description, openness, conscientiousness, extraversion,
    agreeableness, neuroticism, energy, mood, felt_at, is_active, version, created_at, updated_at)
SELECT '{ID}', n, 'Person ' || n, 'person ' || n, '', 500000, 500000, 500000, 500000, 500000, 1000000, 0, 0, true, 1,
    now(), now()
FROM generate_series(1, {CHARACTERS}) n;
INSERT INTO character_relationships (ecosystem_id, from_number, to_number, affinity, bond, trust, familiarity, contact,
    stage, felt_at, version, created_position, created_at, updated_at)
SELECT '{ID}', a, (a + d * 7) % {CHARACTERS} + 1, 0, 0, 300000, 300000, 1000000, 'acquaintance', 0, 1, 0, now(), now()
FROM generate_series(1, {CHARACTERS}) a CROSS JOIN generate_series(1, {TIES_OF_EACH}) d;
"""


async def build(pool: Any) -> None:
    """Adds the world to a migrated database. `pool` is of asyncpg."""
    async with pool.acquire() as connection:
        await connection.execute(_INSERT)
        await connection.execute("VACUUM ANALYZE characters")
        await connection.execute("VACUUM ANALYZE character_relationships")
