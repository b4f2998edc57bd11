"""How long a test can take, in processor time: a limit by the clock would fail whenever the machine is busy.

Work shared by many tests does not count: fixtures with a wider scope than the test, and what is built `for_many`.
A test that hangs uses no processor time; pytest-timeout ends it.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.worktime import for_many, processor_time, tests_at_work

LIMIT = 3.0
"""Seconds that a test and its own fixtures can take, unless a `takes` mark says otherwise."""
LONG = 20.0
"""Tests that can take so many seconds are the first of a run. At its end, one would leave the other worker idle."""
PATIENCE = 40
"""A test is ended after this many times its limit, by the clock."""
TOO_LONG = (
    "This test took {took:.1f} s of processor time; {limit:g} s are allowed. Make it quicker, share what it builds, "
    'or say why it needs more with @pytest.mark.takes(seconds, "why").'
)
NO_REASON = '{test}: say @pytest.mark.takes(seconds, "why"), with more seconds than the {limit:g} s of every test.'
TOOK = "processor time"


class Clock:
    """The time of one test, from its first fixture to the end of the last, and the time of everything around it."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.whole = processor_time()
        self.begun: float | None = None
        self.ended: float | None = None
        self.for_many = 0.0
        self.failed = False

    def own(self) -> float:
        if self.begun is None:
            return 0.0
        return (self.ended or processor_time()) - self.begun - self.for_many

    def everything(self) -> float:
        return processor_time() - self.whole


CLOCK = pytest.StashKey[Clock]()


@pytest.fixture(autouse=True)
def _clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """The first of a test's own fixtures to be made, and the last to be left."""
    clock = request.node.stash[CLOCK]
    clock.begun = processor_time()
    tests_at_work.append(clock)
    yield
    tests_at_work.remove(clock)
    clock.ended = processor_time()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.stash[CLOCK] = Clock(limit_of(item))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    if fixturedef.scope == "function":
        return (yield)
    with for_many():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Fail a test that is over its limit: once it has run, or once its fixtures have been left."""
    report = yield
    clock = item.stash[CLOCK]
    if report.when != "setup" and report.passed and not clock.failed and clock.own() > clock.limit:
        report.outcome, report.longrepr = "failed", TOO_LONG.format(took=clock.own(), limit=clock.limit)
    clock.failed |= report.failed
    if report.when == "teardown":
        report.user_properties.append((TOOK, [clock.own(), clock.everything()]))
    return report


def limit_of(item: pytest.Item) -> float:
    mark = item.get_closest_marker("takes")
    return mark.args[0] if mark else LIMIT


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"takes(seconds, why): may take more than {LIMIT:g} s of processor time")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long tests first, the longest of all at the start."""
    items.sort(key=lambda item: -limit if (limit := limit_of(item)) >= LONG else 0)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Check that a longer limit has a reason, and set the limit by the clock to match."""
    mark = item.get_closest_marker("takes")
    if mark:
        seconds, why = [*mark.args, None, None][:2]
        if not (isinstance(seconds, int | float) and seconds > LIMIT and why):
            raise pytest.UsageError(NO_REASON.format(test=item.nodeid, limit=LIMIT))
        item.add_marker(pytest.mark.timeout(PATIENCE * seconds))
