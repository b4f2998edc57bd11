"""At the end of a run: the tests that took the most processor time, and what each worker spent."""

from collections import Counter, defaultdict

import pytest

from tests.support.limits import TOOK

SHOWN = 10


class Slowest:
    """Collects the time of tests. With xdist, in the process that starts the workers."""

    def __init__(self) -> None:
        self.tests: Counter[str] = Counter()
        self.files: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        took = dict(report.user_properties).get(TOOK) if report.when == "teardown" else None
        if took:
            own, everything = took
            self.tests[report.nodeid] = own
            self.files[getattr(report, "worker_id", "this process")][report.location[0]] += everything

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.tests:
            return
        terminalreporter.section("slowest by processor time")
        for test, seconds in self.tests.most_common(SHOWN):
            terminalreporter.write_line(f"{seconds:7.2f} s  {test}")
        for worker, files in sorted(self.files.items()):
            ((file, seconds),) = files.most_common(1)
            terminalreporter.write_line(f"{files.total():7.0f} s  {worker}, of which {seconds:.0f} s in {file}")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Slowest())
