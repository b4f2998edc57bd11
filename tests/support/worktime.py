"""Processor time, and whose it is: a test's own, or that of what is made for many tests."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from resource import RUSAGE_CHILDREN, getrusage
from typing import Protocol


class Counts(Protocol):
    """What keeps a test's time."""

    for_many: float


RARELY = (50_000, 20, 50)
"""After how many new things the collector looks at the new ones, how often before it looks at older, and at all."""
tests_at_work: list[Counts] = []
_makers: list[float] = []


def processor_time() -> float:
    """Seconds that this process has worked so far, and those of its children that have ended."""
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def settle() -> None:
    """What is there by now stays: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


@contextmanager
def for_many() -> Iterator[None]:
    """What is made within stays for other tests, and does not count for the one that happens to need it first."""
    _makers.append(processor_time())
    try:
        yield
    finally:
        begun = _makers.pop()
        if not _makers:
            settle()
        if tests_at_work and not _makers:
            tests_at_work[-1].for_many += processor_time() - begun
