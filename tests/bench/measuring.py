"""How a page is measured: processor time beside a bare page, SQL statements and Python calls."""

import cProfile
import pstats
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from tests.support.statements import listening

ROUNDS = 60
Ask = Callable[[], object]


@dataclass(frozen=True)
class Measured:
    """Medians of processor time in milliseconds, ours and the bare page's, and what one answer costs besides."""

    ours: float
    bare: float
    statements: int
    calls: int

    @property
    def ratio(self) -> float:
        """How many times the bare page's processor time the answer takes."""
        return self.ours / self.bare


def timed(ask: Ask) -> float:
    """Milliseconds by the clock until the answer."""
    started = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - started)


def processor_time(ask: Ask) -> float:
    """Milliseconds of this process's processor time until the answer."""
    started = time.process_time_ns()
    ask()
    return (time.process_time_ns() - started) / 1_000_000


def measured(ask: Ask, bare: Ask, rounds: int = ROUNDS, before: Ask = lambda: None) -> Measured:
    """Ask both in turn, `rounds` times. What other processes do meanwhile changes both alike.

    `before` is called before each of ours, and does not count.
    """
    ask(), bare()
    before()
    statements = len(statements_of(ask))
    before()
    calls = calls_of(ask)
    ours, theirs = [], []
    for _ in range(rounds):
        before()
        ours.append(processor_time(ask))
        theirs.append(processor_time(bare))
    return Measured(median(ours), median(theirs), statements, calls)


def statements_of(ask: Ask) -> list[str]:
    """The SQL statements of one answer."""
    with listening() as heard:
        ask()
    return heard


def calls_of(ask: Ask) -> int:
    """How many Python calls one answer takes."""
    profile = cProfile.Profile()
    profile.runcall(ask)
    calls: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return calls
