"""Database views: what other tables imply, defined once for queries and guards. Each package adds its own parts."""

import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter

from sqlalchemy import Connection, MetaData, event

from civtech.core.db import Model

_parts: dict[str, list[str]] = defaultdict(list)


def part(view: str, select: str) -> None:
    """Add rows to `view`: a SELECT with the same columns as its other parts, valid on SQLite and PostgreSQL."""
    _parts[view].append(select)


def selects() -> Iterator[tuple[str, str]]:
    """The name and SELECT of each view; a view comes after those it reads."""
    made = {name: " UNION ALL ".join(parts) for name, parts in _parts.items()}
    reads = {name: [other for other in made if re.search(rf"\b(FROM|JOIN) {other}\b", made[name])] for name in made}
    for name in TopologicalSorter(reads).static_order():
        yield name, made[name]


@event.listens_for(Model.metadata, "after_create")
def _install(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    for name, select in selects():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {select}")


@event.listens_for(Model.metadata, "before_drop")
def _remove(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    for name, _select in reversed(list(selects())):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
