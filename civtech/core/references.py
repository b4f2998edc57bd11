"""Public references: short, too random to enumerate, and without letters that spell words or look alike."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"

_source: ContextVar[random.Random] = ContextVar("reference_source", default=random.SystemRandom())  # noqa: B039


def new_reference(prefix: str) -> str:
    """A reference such as `P-7K3M-92QX`."""
    letters = _source.get().choices(ALPHABET, k=8)
    return f"{prefix}-{''.join(letters[:4])}-{''.join(letters[4:])}"


def new_token(length: int = 24) -> str:
    """An opaque identifier of `length` letters that reveals nothing about the object it identifies."""
    return "".join(_source.get().choices(ALPHABET, k=length))


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Make references repeatable inside the block. For the demonstration programme only."""
    token = _source.set(random.Random(seed))  # noqa: S311
    try:
        yield
    finally:
        _source.reset(token)
