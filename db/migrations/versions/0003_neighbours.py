"""neighbours in SQL"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Step by step from the start, so that what is seen once is not looked at again, and the search ends with the page.
NEIGHBOURS_OF = """
CREATE FUNCTION neighbours_of(
    world uuid, start integer, depth integer, wanted integer, after_distance integer, after_number integer
) RETURNS TABLE (distance integer, number integer) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    edge integer[] := ARRAY[start];
    seen integer[] := ARRAY[start];
    returned integer;
BEGIN
    FOR step IN 1..depth LOOP
        SELECT array_agg(near.n ORDER BY near.n) INTO edge FROM (
            SELECT r.to_number AS n FROM character_relationships r WHERE r.ecosystem_id = world AND r.from_number = ANY (edge)
            UNION
            SELECT r.from_number FROM character_relationships r WHERE r.ecosystem_id = world AND r.to_number = ANY (edge)
        ) near WHERE near.n <> ALL (seen);
        EXIT WHEN edge IS NULL;
        RETURN QUERY SELECT step, n FROM unnest(edge) n
            WHERE (step, n) > (after_distance, after_number) ORDER BY n LIMIT wanted;
        GET DIAGNOSTICS returned = ROW_COUNT;
        wanted := wanted - returned;
        EXIT WHEN wanted <= 0;
        seen := seen || edge;
    END LOOP;
END $$
"""


def upgrade() -> None:
    op.execute(NEIGHBOURS_OF)


def downgrade() -> None:
    op.execute("DROP FUNCTION neighbours_of")
