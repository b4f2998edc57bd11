"""Database views: what follows from other tables, said once for queries and guards. Each package adds its own parts."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, MetaData, event

from civtech.core.db import Model

_parts: dict[str, list[str]] = defaultdict(list)


def part(view: str, select: str) -> None:
    """Add rows to `view`: a SELECT with the same columns as its other parts, readable by SQLite and PostgreSQL."""
    _parts[view].append(select)


def statements() -> Iterator[tuple[str, str]]:
    """The name of each view, and what creates it."""
    for name, selects in _parts.items():
        yield name, f"CREATE VIEW {name} AS " + " UNION ALL ".join(selects)


@event.listens_for(Model.metadata, "after_create")
def _install(_metadata: MetaData, connection: Connection, **_options: Any) -> None:
    for _name, statement in statements():
        connection.exec_driver_sql(statement)


@event.listens_for(Model.metadata, "before_drop")
def _remove(_metadata: MetaData, connection: Connection, **_options: Any) -> None:
    for name, _statement in statements():
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
