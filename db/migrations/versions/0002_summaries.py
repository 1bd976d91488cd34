"""drift in SQL, and the summaries"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BOND_AT = """
CREATE FUNCTION bond_at(
    affinity integer, bond integer, elapsed double precision,
    affinity_half_life double precision, bond_half_life double precision, neglect_half_life double precision
) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    (affinity / bond_half_life + bond / affinity_half_life) / (1 / affinity_half_life + 1 / bond_half_life)
    - (affinity - bond) / bond_half_life / (1 / affinity_half_life + 1 / bond_half_life)
      * exp(greatest(-ln(2::double precision) * (1 / affinity_half_life + 1 / bond_half_life) * greatest(elapsed, 0), -700))
) * exp(greatest(-ln(2::double precision) * greatest(elapsed, 0) / neglect_half_life, -700)) / 1000000
"""

RATES = """
CREATE VIEW rule_set_rates (rule_set, affinity_half_life, bond_half_life, neglect_half_life) AS
VALUES ('story', 259200::double precision, 432000::double precision, 15552000::double precision),
       ('realistic', 259200, 1209600, 15552000),
       ('script', 259200, 172800, 15552000)
"""

CHARACTERS = """
CREATE VIEW character_relationship_counted AS
SELECT c.ecosystem_id, c.number, now() AS counted_at,
       felt.relationships, regarded.regarded_by, felt.friends, felt.rivals, felt.average_bond,
       c.interaction_count AS interactions, spoken.messages
FROM characters c
JOIN ecosystems e ON e.id = c.ecosystem_id
JOIN rule_set_rates rates ON rates.rule_set = e.rule_set
CROSS JOIN LATERAL (
    SELECT e.clock_world_seconds + e.clock_rate * greatest(0, extract(epoch FROM now() - e.clock_since))::double precision AS at
) clock
CROSS JOIN LATERAL (
    SELECT count(*)::int AS relationships,
           (count(*) FILTER (WHERE r.stage IN ('friend', 'close_friend')))::int AS friends,
           (count(*) FILTER (WHERE r.stage IN ('rival', 'enemy')))::int AS rivals,
           avg(bond_at(r.affinity, r.bond, clock.at - r.felt_at,
                       rates.affinity_half_life, rates.bond_half_life, rates.neglect_half_life)) AS average_bond
    FROM character_relationships r WHERE r.ecosystem_id = c.ecosystem_id AND r.from_number = c.number
) felt
CROSS JOIN LATERAL (
    SELECT count(*)::int AS regarded_by
    FROM character_relationships r WHERE r.ecosystem_id = c.ecosystem_id AND r.to_number = c.number
) regarded
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.message_count), 0)::bigint AS messages
    FROM participants p WHERE p.ecosystem_id = c.ecosystem_id AND p.number = c.number
) spoken
"""

ECOSYSTEMS = """
CREATE VIEW ecosystem_activity_counted AS
SELECT e.id AS ecosystem_id, now() AS counted_at,
       people.characters, people.active_characters, ties.relationships, acts.interactions,
       talks.conversations, words.messages, acts.interactions_by_kind, ties.relationships_by_stage, newest.last_activity_at
FROM ecosystems e
CROSS JOIN LATERAL (
    SELECT count(*)::int AS characters, (count(*) FILTER (WHERE c.is_active))::int AS active_characters
    FROM characters c WHERE c.ecosystem_id = e.id
) people
CROSS JOIN LATERAL (
    SELECT coalesce(sum(by_stage.count), 0)::int AS relationships,
           coalesce(jsonb_object_agg(by_stage.stage, by_stage.count), '{}') AS relationships_by_stage
    FROM (SELECT r.stage, count(*) FROM character_relationships r WHERE r.ecosystem_id = e.id GROUP BY r.stage) by_stage
) ties
CROSS JOIN LATERAL (
    SELECT coalesce(sum(by_kind.count), 0)::bigint AS interactions,
           coalesce(jsonb_object_agg(by_kind.kind, by_kind.count), '{}') AS interactions_by_kind
    FROM (SELECT i.kind, count(*) FROM interactions i WHERE i.ecosystem_id = e.id GROUP BY i.kind) by_kind
) acts
CROSS JOIN LATERAL (SELECT count(*)::int AS conversations FROM conversations v WHERE v.ecosystem_id = e.id) talks
CROSS JOIN LATERAL (SELECT count(*)::bigint AS messages FROM messages s WHERE s.ecosystem_id = e.id) words
CROSS JOIN LATERAL (
    SELECT max(a.created_at) AS last_activity_at FROM activity a WHERE a.ecosystem_id = e.id AND a.position = e.head
) newest
"""


def upgrade() -> None:
    op.execute(BOND_AT)
    op.execute(RATES)
    op.execute(CHARACTERS)
    op.execute(ECOSYSTEMS)
    op.execute("CREATE MATERIALIZED VIEW character_relationship_summary AS SELECT * FROM character_relationship_counted")
    op.execute("CREATE MATERIALIZED VIEW ecosystem_activity_summary AS SELECT * FROM ecosystem_activity_counted")
    op.execute("CREATE UNIQUE INDEX character_relationship_summary_key ON character_relationship_summary (ecosystem_id, number)")
    op.execute("CREATE UNIQUE INDEX ecosystem_activity_summary_key ON ecosystem_activity_summary (ecosystem_id)")


def downgrade() -> None:
    op.execute("DROP MATERIALIZED VIEW ecosystem_activity_summary")
    op.execute("DROP MATERIALIZED VIEW character_relationship_summary")
    op.execute("DROP VIEW ecosystem_activity_counted")
    op.execute("DROP VIEW character_relationship_counted")
    op.execute("DROP VIEW rule_set_rates")
    op.execute("DROP FUNCTION bond_at")
