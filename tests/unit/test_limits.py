"""The limit on a test's processor time: what it counts, what it leaves out, and what it says."""

import os
import time
from datetime import datetime

import pytest

from config import ROOT
from tests.support import limits
from tests.world.kept import Worlds

pytest_plugins = ["pytester"]
PLUGINS = ("-p", "tests.support.limits", "-p", "tests.support.slowest", "-p", "no:cacheprovider")
# A fifth of a second is too long in there.
TESTS = """
import subprocess, sys, time
import pytest
from tests.support.worktime import for_many

def work(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass

@pytest.fixture(scope="module", autouse=True)
def made_for_the_file():
    work(0.2)
    yield
    work(0.2)

@pytest.fixture
def made():
    work(0.2)

@pytest.fixture
def left():
    yield
    work(0.2)

@pytest.fixture(scope="session")
def made_when_asked():
    work(0.2)

def test_quick():
    work(0.02)

def test_waits():
    time.sleep(0.2)

def test_is_first_to_ask(request):
    request.getfixturevalue("made_when_asked")

def test_builds_for_many():
    with for_many():
        work(0.2)
        with for_many():
            work(0.02)

@pytest.mark.takes(5, "It has to.")
def test_may():
    work(0.2)

def test_works():
    work(0.2)

def test_makes_much(made):
    pass

def test_leaves_much(left):
    pass

def test_lets_a_child_work():
    subprocess.run([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.2: pass"])

def test_fails_on_its_own():
    work(0.2)
    assert not "the machine's fault"
"""


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setattr(limits, "LIMIT", 0.15)
    pytester.makepyfile(TESTS)
    return pytester


@pytest.mark.takes(4, "It lets tests be too slow.")
def test_what_a_test_does_itself_counts_and_nothing_else(inner: pytest.Pytester) -> None:
    result = inner.runpytest_inprocess(*PLUGINS, "-p", "no:timeout", "-rA")
    result.assert_outcomes(passed=6, failed=4, errors=1)
    words = result.stdout.str()
    said = [line for line in words.splitlines() if line.startswith("This test took")]
    assert len(said) == 4
    assert all("s of processor time; 0.15 s are allowed. Make it quicker" in line for line in said)
    for name in ("works", "makes_much", "lets_a_child_work", "fails_on_its_own"):
        assert f"FAILED test_what_a_test_does_itself_counts_and_nothing_else.py::test_{name}" in words
    assert "ERROR test_what_a_test_does_itself_counts_and_nothing_else.py::test_leaves_much" in words
    _before, _, summary = words.partition("slowest by processor time")
    assert "0.02" in next(line for line in summary.splitlines() if line.endswith("::test_quick"))
    assert " s  this process, of which " in summary


@pytest.mark.parametrize("mark", ["takes", "takes(5)", 'takes("It has to.")', 'takes(0.1, "It has to.")'])
def test_a_longer_limit_needs_its_reason(inner: pytest.Pytester, mark: str) -> None:
    path = inner.makepyfile(test_marked=f"import pytest\n\n@pytest.mark.{mark}\ndef test_it(): pass")
    result = inner.runpytest_inprocess(*PLUGINS, "-p", "no:timeout", path)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert 'say @pytest.mark.takes(seconds, "why"), with more seconds than the 0.15 s' in result.stderr.str()


def test_the_longest_tests_come_first_and_the_others_keep_their_order(inner: pytest.Pytester) -> None:
    marked = "import pytest\n\ndef test_short(): pass\n\n"
    for name, seconds in (("rather_long", 19), ("long", 20), ("longest", 60)):
        marked += f"@pytest.mark.takes({seconds}, 'It has to.')\ndef test_{name}(): pass\n\n"
    result = inner.runpytest_inprocess(*PLUGINS, "-p", "no:timeout", "-v", inner.makepyfile(test_marked=marked))
    ran = [line.partition("::")[2].split()[0] for line in result.stdout.lines if "PASSED" in line]
    assert ran == ["test_longest", "test_long", "test_short", "test_rather_long"]


def busy(_at: datetime) -> None:
    until = time.process_time() + 0.2
    while time.process_time() < until:
        pass


def test_a_world_does_not_count_for_the_test_that_it_is_built_for_first(
    worlds: Worlds, request: pytest.FixtureRequest
) -> None:
    clock = request.node.stash[limits.CLOCK]
    before = clock.own()
    worlds(busy)
    assert clock.own() - before < 0.15


@pytest.mark.takes(10, "It runs pytest with a worker.")
def test_a_worker_ends_what_hangs_and_the_slowest_of_all_are_listed(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    pytester.makepyfile(
        test_hanging="import time\n\ndef test_hangs(): time.sleep(60)\n\ndef test_goes_on(): pass",
        test_other="def test_works(): sum(range(10_000_000))",
    )
    result = pytester.runpytest_subprocess(*PLUGINS, "-n1", "-o", "timeout=1")
    result.assert_outcomes(passed=2, failed=1)
    words = result.stdout.str()
    assert "Timeout (>1.0s)" in words
    _before, _, summary = words.partition("slowest by processor time")
    assert summary.index("test_other.py::test_works") < summary.index("test_hanging.py::test_goes_on")
    assert " s  gw0, of which " in summary
