"""The actor of this request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from flask import g
from flask_login import current_user

if TYPE_CHECKING:
    from civtech.people.models import User


_restores: list[Callable[[], None]] = []


def restored_by(restore: Callable[[], None]) -> Callable[[], None]:
    """Let the function read the signed-in person again after a rollback, with everything that rules ask about them."""
    _restores.append(restore)
    return restore


def restore() -> None:
    """Read the person of this request again. A rollback forgets what was read, and no page loads it by itself."""
    for read_again in _restores:
        read_again()


def person() -> "User":
    """The signed-in person or visitor whose session this is, even if a stand-in is set."""
    return cast("User", current_user._get_current_object())


def actor() -> "User":
    """The actor for every rule and query of this request: the person, or their stand-in (`ask_as`).

    Typed as a person because every guarded view has one. Public views get a `Visitor` with the same interface.
    """
    return cast("User", g.stand_in) if "stand_in" in g else person()


def ask_as(stand_in: object) -> None:
    """Make `stand_in` the actor for the rest of this request: rules and queries use it, the session stays the same."""
    g.stand_in = stand_in


@contextmanager
def as_oneself() -> Iterator[None]:
    """Make the person the actor inside the block, even if a stand-in is set."""
    stand_in = g.pop("stand_in", None)
    try:
        yield
    finally:
        if stand_in is not None:
            g.stand_in = stand_in
