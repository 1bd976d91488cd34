"""A large ecosystem among thousands of others: 1,000 characters, 100,000 relationships, 1,000,000 facts, generated in Postgres.

Columns without an index (reasons, effects, data, words) are nearly empty, so that it takes half a minute. Activity is skewed: the
first character takes part in a fifth of the facts.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from db import summaries

CROWD = UUID("c0000000-0000-4000-8000-000000000000")
CHARACTERS, TIES_OF_EACH, FACTS = 1_000, 100, 1_000_000
OTHERS, USERS = 5_000, 1_000
BUSIEST, QUIETEST = 1, CHARACTERS
VIEWER = UUID(int=1)
"""Owns the large ecosystem and five others."""
AT = float(FACTS)
"""World time: a fact happens each second, then the clock stops."""

_SECONDARY = """
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made_by FROM pg_index i
JOIN pg_class t ON t.oid = i.indrelid WHERE NOT i.indisprimary
AND t.relname IN ('activity', 'activity_characters', 'interactions', 'messages', 'participants', 'character_relationships')
"""

_PEOPLE = f"""
INSERT INTO users (id, name, name_key, created_at)
SELECT lpad(to_hex(u), 32, '0')::uuid, 'User ' || u, 'user ' || u, now() FROM generate_series(1, {USERS}) u;

INSERT INTO ecosystems (id, name, name_key, description, visibility, rule_set, seed, clock_world_seconds, clock_since, clock_rate,
    version, epoch, epoch_version, head, characters_made, created_at, updated_at, active_at)
SELECT id, 'World ' || md5(n::text), 'world ' || md5(n::text), '', CASE WHEN n % 2 = 0 THEN 'public' ELSE 'private' END, 'story', 'seed',
    {AT}, now(), 0, 1, n, 0, CASE WHEN n = 0 THEN {FACTS} ELSE 100 END, CASE WHEN n = 0 THEN {CHARACTERS} ELSE 4 END,
    now() - n * interval '1 hour', now(), now() - (n * 7919 % {OTHERS}) * interval '1 minute'
FROM (SELECT n, CASE WHEN n = 0 THEN '{CROWD}'::uuid ELSE ('e' || lpad(to_hex(n), 31, '0'))::uuid END AS id FROM generate_series(0, {OTHERS}) n) w;

INSERT INTO members (ecosystem_id, user_id, role, since)
SELECT e.id, lpad(to_hex(1 + e.epoch % {USERS}), 32, '0')::uuid, 'owner', e.created_at FROM ecosystems e;
INSERT INTO members (ecosystem_id, user_id, role, since)
SELECT '{CROWD}', lpad(to_hex(u), 32, '0')::uuid, 'observer', now() + u * interval '1 second' FROM generate_series(2, {USERS}) u;

INSERT INTO answers (user_id, key, asked, created_at)
SELECT lpad(to_hex(1 + n % {USERS}), 32, '0')::uuid, 'key ' || n, '', now() - n * interval '10 seconds' FROM generate_series(1, 9000) n;
INSERT INTO deletions (ecosystem_id, deleted_at) SELECT ('d' || lpad(to_hex(n), 31, '0'))::uuid, now() FROM generate_series(1, 1000) n;

INSERT INTO characters (ecosystem_id, number, name, name_key, description, openness, conscientiousness, extraversion, agreeableness,
    neuroticism, energy, mood, felt_at, is_active, owner_id, version, created_at, updated_at)
SELECT e.id, n, 'Person ' || md5(n::text), 'person ' || md5(n::text), '', 500000, 500000, 500000, 500000, 500000, 1000000, 0, 0,
    n % 10 > 0, CASE WHEN n % 200 = 0 THEN '{VIEWER}'::uuid END, 1, now(), now()
FROM ecosystems e CROSS JOIN LATERAL generate_series(1, e.characters_made) n;
INSERT INTO places (ecosystem_id, number, x, y) SELECT ecosystem_id, number, 0, 0 FROM characters;
INSERT INTO network_measures (ecosystem_id, kind, epoch, position, measures)
SELECT e.id, kind, e.epoch, e.head, '{{}}' FROM ecosystems e CROSS JOIN unnest(ARRAY['relationships', 'co_presence', 'exchanges']) kind;
INSERT INTO character_measures (ecosystem_id, kind, number, measures)
SELECT c.ecosystem_id, n.kind, c.number, '{{}}' FROM characters c JOIN network_measures n USING (ecosystem_id);

INSERT INTO character_relationships (ecosystem_id, from_number, to_number, affinity, bond, trust, familiarity, contact, stage, felt_at,
    version, created_position, created_at, updated_at)
SELECT '{CROWD}', a, (a + d * 7) % {CHARACTERS} + 1, (random() * 1999998 - 999999)::int, (random() * 1999998 - 999999)::int, 300000, 300000,
    1000000, CASE WHEN random() < .01 THEN 'enemy' WHEN random() < .1 THEN 'friend' ELSE 'acquaintance' END, random() * {AT}, 1,
    a * {TIES_OF_EACH} + d, now(), now()
FROM generate_series(1, {CHARACTERS}) a CROSS JOIN generate_series(1, {TIES_OF_EACH}) d;
"""

_HAPPENED = f"""
CREATE TEMP TABLE happened AS
SELECT p, type, a, (a + floor(r * {CHARACTERS - 1})::int) % {CHARACTERS} + 1 AS b, (p - 9) / 500 * 500 + 9 AS talk FROM (
    SELECT p, random() AS r, CASE WHEN p <= {CHARACTERS} THEN p::int ELSE 1 + floor({CHARACTERS} * random() ^ 3)::int END AS a, CASE
        WHEN p <= {CHARACTERS} THEN 'character_created'
        WHEN p % 10 < 6 OR p < 1009 THEN 'interacted'
        WHEN p % 10 < 8 THEN 'stage_changed'
        WHEN p % 10 = 8 THEN 'message_said'
        WHEN p % 500 = 9 THEN 'conversation_opened'
        WHEN p % 500 = 499 AND p % 10000 <> 499 THEN 'conversation_closed'
        WHEN p % 100000 = 99 THEN 'member_granted'
        WHEN p % 100000 = 199 THEN 'clock_set'
        ELSE 'character_changed' END AS type
    FROM generate_series(1, {FACTS}) p
) drawn;

INSERT INTO activity (ecosystem_id, position, type, actor_id, world_seconds, created_at, data)
SELECT '{CROWD}', p, type, '{VIEWER}', p, now(), '{{}}' FROM happened ORDER BY p;
INSERT INTO activity (ecosystem_id, position, type, world_seconds, created_at, data)
SELECT e.id, p, 'interacted', p, now(), '{{}}' FROM ecosystems e CROSS JOIN generate_series(1, 20) p WHERE e.id <> '{CROWD}';

INSERT INTO interactions (ecosystem_id, position, kind, initiator_number, initiator_name, responder_number, responder_name, pair_low,
    pair_high, content, accepted, initiator_valence, responder_valence, chance, reasons, effects, message_position, world_seconds, created_at)
SELECT '{CROWD}', p, CASE WHEN p % 10000 = 1011 THEN 'conflict' WHEN p % 3 = 0 THEN 'greeting' WHEN p % 3 = 1 THEN 'chat' ELSE 'discussion' END,
    a, 'a', b, 'b', least(a, b), greatest(a, b), '', p % 3 > 0, 0, 0, 500000, '[]', '[]',
    CASE WHEN p % 10 = 0 AND p > 1010 THEN p - 2 END, p, now()
FROM happened WHERE type = 'interacted' ORDER BY p;

INSERT INTO conversations (ecosystem_id, position, title, is_open, opened_world_seconds, closed_world_seconds, message_count,
    participant_count, created_at)
SELECT '{CROWD}', p, 'Talk', p % 10000 = 9, p, CASE WHEN p % 10000 <> 9 THEN p + 490 END, 50, 6, now() FROM happened
WHERE type = 'conversation_opened' ORDER BY p;
INSERT INTO participants (ecosystem_id, conversation_position, number, joined, message_count, speech_count)
SELECT '{CROWD}', position, CASE WHEN j = 1 THEN {BUSIEST} ELSE 2 + (position / 500 * 7 + j * 131) % {CHARACTERS - 1} END, j, 8, 8
FROM conversations CROSS JOIN generate_series(1, 6) j;
INSERT INTO messages (ecosystem_id, position, conversation_position, number, speakers, speaker_names, text, words, world_seconds, created_at)
SELECT '{CROWD}', p, talk, (p - talk + 1) / 10, ARRAY[a], ARRAY['a'], 'A word.', 2, p, now() FROM happened
WHERE type = 'message_said' ORDER BY p;

INSERT INTO activity_characters (ecosystem_id, number, position, type)
SELECT '{CROWD}', number, p, type FROM (
    SELECT a AS number, p, type FROM happened WHERE type NOT IN ('member_granted', 'clock_set')
    UNION ALL SELECT b, p, type FROM happened WHERE type IN ('interacted', 'stage_changed')
) about ORDER BY number, p;
UPDATE characters c SET interaction_count = lived.count FROM (
    SELECT number, count(*) FROM activity_characters WHERE type = 'interacted' GROUP BY number
) lived WHERE c.ecosystem_id = '{CROWD}' AND c.number = lived.number;
"""


async def build(database_url: str) -> None:
    """Fills an empty, migrated database. It skips foreign key checks and builds secondary indexes last, which is 5 times faster."""
    connection = await asyncpg.connect(database_url, command_timeout=600, server_settings={"jit": "off"})
    try:
        await connection.execute(
            "SET session_replication_role = replica; SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'"
        )
        await connection.execute("SELECT setseed(0.5)")
        async with _without_indexes(connection):
            await connection.execute(_PEOPLE)
            await connection.execute(_HAPPENED)
        await connection.execute("VACUUM ANALYZE")
        for view in summaries.VIEWS:
            await connection.execute(f"REFRESH MATERIALIZED VIEW {view}")
            await connection.execute(f"VACUUM ANALYZE {view}")
        await connection.execute("SELECT pg_stat_reset()")
    finally:
        await connection.close()


@asynccontextmanager
async def _without_indexes(connection: asyncpg.Connection) -> AsyncIterator[None]:
    secondary = await connection.fetch(_SECONDARY)
    await connection.execute("; ".join(f"DROP INDEX {index['name']}" for index in secondary))
    yield
    await connection.execute("; ".join(index["made_by"] for index in secondary))
