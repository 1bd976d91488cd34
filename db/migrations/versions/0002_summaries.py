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
      * exp(greatest(-ln(2::double precision) * (1 / affinity_half_life + 1 / bond_half_life) * CASE WHEN elapsed > 1e-9 THEN elapsed ELSE 0 END, -300))
) * exp(greatest(-ln(2::double precision) * CASE WHEN elapsed > 1e-9 THEN elapsed ELSE 0 END / neglect_half_life, -300)) / 1000000
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

# Each table is gone through once for all worlds: asked world by world, what is right for most of them is wrong for the largest.
ECOSYSTEMS = """
CREATE VIEW ecosystem_activity_counted AS
SELECT e.id AS ecosystem_id, now() AS counted_at,
       coalesce(people.characters, 0)::int AS characters, coalesce(people.active_characters, 0)::int AS active_characters,
       coalesce(ties.relationships, 0)::int AS relationships, coalesce(acts.interactions, 0)::bigint AS interactions,
       coalesce(talks.conversations, 0)::int AS conversations, coalesce(talks.messages, 0)::bigint AS messages,
       coalesce(acts.interactions_by_kind, '{}') AS interactions_by_kind,
       coalesce(ties.relationships_by_stage, '{}') AS relationships_by_stage, newest.created_at AS last_activity_at
FROM ecosystems e
LEFT JOIN (
    SELECT c.ecosystem_id, count(*) AS characters, count(*) FILTER (WHERE c.is_active) AS active_characters
    FROM characters c GROUP BY c.ecosystem_id
) people ON people.ecosystem_id = e.id
LEFT JOIN (
    SELECT by_stage.ecosystem_id, sum(by_stage.count) AS relationships,
           jsonb_object_agg(by_stage.stage, by_stage.count) AS relationships_by_stage
    FROM (SELECT r.ecosystem_id, r.stage, count(*) FROM character_relationships r GROUP BY r.ecosystem_id, r.stage) by_stage
    GROUP BY by_stage.ecosystem_id
) ties ON ties.ecosystem_id = e.id
LEFT JOIN (
    SELECT by_kind.ecosystem_id, sum(by_kind.count) AS interactions,
           jsonb_object_agg(by_kind.kind, by_kind.count) AS interactions_by_kind
    FROM (SELECT i.ecosystem_id, i.kind, count(*) FROM interactions i GROUP BY i.ecosystem_id, i.kind) by_kind
    GROUP BY by_kind.ecosystem_id
) acts ON acts.ecosystem_id = e.id
LEFT JOIN (
    SELECT v.ecosystem_id, count(*) AS conversations, sum(v.message_count) AS messages
    FROM conversations v GROUP BY v.ecosystem_id
) talks ON talks.ecosystem_id = e.id
LEFT JOIN activity newest ON newest.ecosystem_id = e.id AND newest.position = e.head
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
