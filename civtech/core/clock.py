"""The one clock. All code gets the time here, so tests and the demonstration can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)
_stopped: ContextVar[bool] = ContextVar("stopped_clock", default=False)


def now() -> datetime:
    """The current instant, in UTC."""
    if _stopped.get():
        raise TypeError("A statement that is built once gets the instant as an argument.")
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def stopped(*, yes: bool = True) -> Iterator[None]:
    """Refuse to say what time it is inside the block, in this context: what is made there must stay true."""
    token = _stopped.set(yes)
    try:
        yield
    finally:
        _stopped.reset(token)


@contextmanager
def at(instant: datetime) -> Iterator[datetime]:
    """Set the clock to `instant` (aware) inside the block, in this context only."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs its zone.")
    token = _fixed.set(instant.astimezone(UTC))
    try:
        yield instant
    finally:
        _fixed.reset(token)
