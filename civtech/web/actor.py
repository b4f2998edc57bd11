"""Who is asking, in this request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from flask import g
from flask_login import current_user

if TYPE_CHECKING:
    from civtech.people.models import User


def person() -> "User":
    """The signed-in person, or the visitor, whose session this is, whoever stands in for them."""
    return cast("User", current_user._get_current_object())


def actor() -> "User":
    """Whom every rule and query of this request is about: the person, or who stands in for them (`ask_as`).

    Typed as a person because every guarded view has one; a public view gets a `Visitor` with the same questions.
    """
    return cast("User", g.stand_in) if "stand_in" in g else person()


def ask_as(stand_in: Any) -> None:
    """Let somebody else ask for the rest of this request: rules and queries see them, the session stays."""
    g.stand_in = stand_in


@contextmanager
def as_oneself() -> Iterator[None]:
    """Within the block it is the person who asks, although somebody stands in for them."""
    stand_in = g.pop("stand_in", None)
    try:
        yield
    finally:
        if stand_in is not None:
            g.stand_in = stand_in
