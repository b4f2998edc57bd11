"""While the application answers or runs a command, nothing is loaded that a query did not ask for.

A test may follow any relationship: what it has in hand was read for the test, not by a finder of the application.
SQLAlchemy offers no setting for that, so we replace the method that raises for `raise_on_sql`.
"""

from collections.abc import Iterator
from typing import Any

import click
import pytest
from sqlalchemy.orm.strategies import _LazyLoader

from tests.support.client import SERVING

_refuse = _LazyLoader._invoke_raise_load


def _refuse_to_the_application(loader: Any, state: Any, passive: Any, lazy: str) -> None:
    if SERVING.get() or click.get_current_context(silent=True) is not None:
        _refuse(loader, state, passive, lazy)


@pytest.fixture(scope="session", autouse=True)
def _tests_may_follow_relationships() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_LazyLoader, "_invoke_raise_load", _refuse_to_the_application)
        yield
