"""What no constraint can say, said by the database all the same: rows that are never changed, or never so.

Made after each migration, as SQLite forgets a table's triggers when it is built anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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


_REFUSALS = {
    "sqlite": tuple(
        f"""
        CREATE TRIGGER IF NOT EXISTS {{name}}_{event.lower()} BEFORE {event} ON {{table}} WHEN {{when_{event.lower()}}}
        BEGIN SELECT RAISE(ABORT, '{{refusal}}'); END
        """
        for event in ("INSERT", "UPDATE")
    ),
    # Only a function may look at another table.
    "postgresql": (
        """
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (TG_OP = 'INSERT' AND ({when_insert})) THEN
                RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
            ELSIF (TG_OP = 'UPDATE' AND ({when_update})) THEN
                RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        """
        CREATE OR REPLACE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
        """,
    ),
}


@dataclass(frozen=True)
class Refusal:
    """Rows of a model that the database refuses to insert, or to become so, by what another table says.

    ``when_inserted`` and ``when_updated``: which rows, in the SQL of each kind of database, by their ``NEW`` values
    and, when they are updated, their ``OLD`` ones. The parts are the code's own, never a person's.
    """

    model: type[models.Model]
    name: str
    refusal: str
    when_inserted: Mapping[str, str]
    when_updated: Mapping[str, str]

    def lift(self, using: str, **kwargs) -> None:
        """For ``pre_migrate``: SQLite cannot build anew a table of which another one's trigger speaks."""
        connection = connections[using]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for event in ("insert", "update"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {self._full_name}_{event}")

    def make(self, using: str, **kwargs) -> None:
        """For ``post_migrate``."""
        connection = connections[using]
        table = self.model._meta.db_table
        parts = {
            "name": self._full_name,
            "table": table,
            "refusal": self.refusal,
            "when_insert": self.when_inserted[connection.vendor],
            "when_update": self.when_updated[connection.vendor],
        }
        with connection.cursor() as cursor:
            if table in connection.introspection.table_names(cursor):
                for statement in _REFUSALS[connection.vendor]:
                    cursor.execute(statement.format(**parts))

    @property
    def _full_name(self) -> str:
        return f"{self.model._meta.db_table}_{self.name}"
