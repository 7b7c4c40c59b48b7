"""What no constraint can say, said by the database all the same: a locked shortlist is never changed.

Made after each migration, as SQLite forgets a table's triggers when it is built anew. Who drew it up is left out of it:
a closed account keeps no name.
"""

from django.db import connections

from .models import Shortlist

TABLE = Shortlist._meta.db_table
KEPT = ", ".join(
    ("id", "organisation_id", "title", "need", "criteria", "state", "created_at", "locked_at", "content", "digest")
)
STATEMENTS = {
    "sqlite": (
        f"""
        CREATE TRIGGER IF NOT EXISTS {TABLE}_locked BEFORE UPDATE OF {KEPT} ON {TABLE} WHEN OLD.state = 'locked'
        BEGIN SELECT RAISE(ABORT, 'a locked shortlist is never changed'); END
        """,
    ),
    "postgresql": (
        f"""
        CREATE OR REPLACE FUNCTION {TABLE}_locked() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a locked shortlist is never changed' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"""
        CREATE OR REPLACE TRIGGER {TABLE}_locked BEFORE UPDATE OF {KEPT} ON {TABLE} FOR EACH ROW
        WHEN (OLD.state = 'locked') EXECUTE FUNCTION {TABLE}_locked()
        """,
    ),
}


def guard_shortlists(using: str, **kwargs) -> None:
    """Signal receiver, after the migrations."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        for statement in STATEMENTS[connection.vendor]:
            cursor.execute(statement)
