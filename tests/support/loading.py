"""While the application answers or runs a command, nothing is loaded that a query did not ask for.

A test may follow any relationship: what it has in hand was read for the test, not by a finder of the application.
SQLAlchemy offers no setting for that, so we replace the method that raises for `raise_on_sql`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import click
from sqlalchemy.orm.strategies import _LazyLoader

SERVING: ContextVar[bool] = ContextVar("serving", default=False)
"""Whether the application answers a request, rather than a test calling its functions."""


@contextmanager
def as_the_application() -> Iterator[None]:
    """Load nothing by itself inside the block, as while the application answers a request."""
    token = SERVING.set(True)
    try:
        yield
    finally:
        SERVING.reset(token)


_refuse = _LazyLoader._invoke_raise_load


def _refuse_to_the_application(loader: Any, state: Any, passive: Any, lazy: str) -> None:
    if SERVING.get() or click.get_current_context(silent=True) is not None:
        _refuse(loader, state, passive, lazy)


_LazyLoader._invoke_raise_load = _refuse_to_the_application
