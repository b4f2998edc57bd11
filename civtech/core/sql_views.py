"""Database views: what other tables imply, defined once for queries and guards. Each package adds its own parts."""

import re
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, MetaData, event

from civtech.core.db import Model

_parts: dict[str, list[str]] = defaultdict(list)


def part(view: str, select: str) -> None:
    """Add rows to `view`: a SELECT with the same columns as its other parts, valid on SQLite and PostgreSQL."""
    _parts[view].append(select)


def selects() -> Iterator[tuple[str, str]]:
    """The name and SELECT of each view; a view comes after those it reads."""
    given: set[str] = set()
    for name in _parts:
        yield from _with_those_it_reads(name, given)


def _with_those_it_reads(name: str, given: set[str]) -> Iterator[tuple[str, str]]:
    if name in given:
        return
    given.add(name)
    select = " UNION ALL ".join(_parts[name])
    for other in _parts:
        if re.search(rf"\b{other}\b", select):
            yield from _with_those_it_reads(other, given)
    yield name, select


@event.listens_for(Model.metadata, "after_create")
def _install(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    for name, select in selects():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {select}")


@event.listens_for(Model.metadata, "before_drop")
def _remove(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    for name, _select in reversed(list(selects())):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
