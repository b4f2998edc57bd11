"""While the application answers or runs a command, no row that decides something changes without an event.

A test may write rows by hand. The audit log does not know them then: `flask audit verify` would name them.
"""

from collections.abc import Collection

import click
from sqlalchemy import Connection, Table

from civtech.core import deciding
from civtech.core.deciding import Row
from civtech.oversight import chain
from tests.support.loading import SERVING

_refuse_unrecorded, _refuse_many = chain.refuse_unrecorded, deciding.refuse_many


def _by_the_application() -> bool:
    return SERVING.get() or click.get_current_context(silent=True) is not None


def _unrecorded(connection: Connection, changed: Collection[Row]) -> None:
    if _by_the_application():
        _refuse_unrecorded(connection, changed)


def _many(table: Table) -> None:
    if _by_the_application():
        _refuse_many(table)


chain.refuse_unrecorded, deciding.refuse_many = _unrecorded, _many
