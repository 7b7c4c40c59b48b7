"""What no constraint can say, said by the database all the same: a legal text in force is never changed.

Made after each migration, as SQLite forgets a table's triggers when it is built anew.
"""

from django.db import connections

from .models import LegalText

TABLE = LegalText._meta.db_table
STATEMENTS = {
    "sqlite": (
        f"""
        CREATE TRIGGER IF NOT EXISTS {TABLE}_in_force BEFORE UPDATE ON {TABLE}
        WHEN OLD.effective_at <= strftime('%Y-%m-%d %H:%M:%f', 'now')
        BEGIN SELECT RAISE(ABORT, 'a legal text in force is never changed'); END
        """,
    ),
    "postgresql": (
        f"""
        CREATE OR REPLACE FUNCTION {TABLE}_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a legal text in force is never changed' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"""
        CREATE OR REPLACE TRIGGER {TABLE}_in_force BEFORE UPDATE ON {TABLE} FOR EACH ROW
        WHEN (OLD.effective_at <= now()) EXECUTE FUNCTION {TABLE}_in_force()
        """,
    ),
}


def guard_legal_texts(using: str, **kwargs) -> None:
    """Signal receiver, after the migrations."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        for statement in STATEMENTS[connection.vendor]:
            cursor.execute(statement)
