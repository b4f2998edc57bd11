"""Processor time, divided into a test's own and that of what is made for many tests."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from resource import RUSAGE_CHILDREN, getrusage
from typing import Protocol


class Counts(Protocol):
    """An object that counts a test's time."""

    for_many: float


RARELY = (50_000, 20, 50)
"""The garbage collector's thresholds: new objects before it checks the new ones, and how often it checks older ones."""
tests_at_work: list[Counts] = []
_makers: list[float] = []


def processor_time() -> float:
    """Seconds that this process has worked so far, and those of its children that have ended."""
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def settle() -> None:
    """Keep the existing objects out of garbage collection, so that it need not check them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


@contextmanager
def for_many() -> Iterator[None]:
    """Work within the block is for many tests. It does not count for the test that happens to need it first."""
    _makers.append(processor_time())
    try:
        yield
    finally:
        begun = _makers.pop()
        if not _makers:
            settle()
        if tests_at_work and not _makers:
            tests_at_work[-1].for_many += processor_time() - begun
