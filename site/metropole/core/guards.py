"""What no constraint can say, said by the database all the same: rows that are never changed.

Made after each migration, as SQLite forgets a table's triggers when it is built anew.
"""

from collections.abc import Callable, Mapping, Sequence

from django.db import connections, models

_STATEMENTS = {
    "sqlite": (
        """
        CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE {columns} ON {table} WHEN {when}
        BEGIN SELECT RAISE(ABORT, '{refusal}'); END
        """,
    ),
    "postgresql": (
        """
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        """
        CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE {columns} ON {table} FOR EACH ROW
        WHEN ({when}) EXECUTE FUNCTION {name}()
        """,
    ),
}


def never_changed(
    model: type[models.Model], name: str, refusal: str, when: Mapping[str, str], columns: Sequence[str] = ()
) -> Callable[..., None]:
    """A signal receiver for ``post_migrate`` that has the database refuse to change rows of a model.

    ``when``: which rows, in the SQL of each kind of database, by their ``OLD`` values. ``columns``: what is not to be
    changed, all where none is named. The parts are the code's own, never a person's.
    """
    table = model._meta.db_table

    def receiver(using: str, **kwargs) -> None:
        connection = connections[using]
        parts = {
            "name": f"{table}_{name}",
            "table": table,
            "refusal": refusal,
            "when": when[connection.vendor],
            "columns": f"OF {', '.join(columns)}" if columns else "",
        }
        with connection.cursor() as cursor:
            if table in connection.introspection.table_names(cursor):
                for statement in _STATEMENTS[connection.vendor]:
                    cursor.execute(statement.format(**parts))

    return receiver
