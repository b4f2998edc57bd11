"""Looking for a line of the access table that notices a mutant, and then for a test that does."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from tests.access.addresses import Address, addresses_of
from tests.access.people import KINDS
from tests.access.table import Got, got
from tests.access.visitors import Visitors, looking
from tests.access.world import Guide
from tests.mutants.mutants import ENVIRONMENT, Mutant, all_mutants, rules
from tests.mutants.swapping import Call

EVERYWHERE = ("tests/access/test_rules.py", "tests/architecture/test_scopes.py")
SKIPPED = "not (browser or postgres or journey or takes)"


@dataclass(frozen=True)
class Heard:
    """What one kind of person gets at one address while no rule is taken away, and which rules are asked for it."""

    address: Address
    kind: str
    got: Got
    asked: frozenset[str]


@dataclass
class Hunt:
    """The addresses to try, the mutants, and what was heard without them."""

    app: Flask
    world: Guide
    heard: list[Heard] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.addresses = addresses_of(self.app, self.world)
        self.visitors = Visitors(self.app, self.world)
        self.mutants = all_mutants(self.app)

    def listen(self, number: int) -> list[Heard]:
        """What everyone gets at one address."""
        address, heard, asked = self.addresses[number], [], set[str]()
        with looking(self.world), _listening(self.app, asked):
            for kind in KINDS:
                asked.clear()
                found = got(address, kind, self.visitors, self.world.marks)
                heard.append(Heard(address, kind, found, frozenset(asked)))
        return heard

    def noticed(self, mutant: Mutant) -> str | None:
        """The first address, and kind of person, that gets or is shown something else than without the mutant."""
        with looking(self.world), mutant.put():
            found = next((heard for heard in self._touched(mutant) if self._differs(heard)), None)
        return None if found is None else f"{found.kind}, {found.address.method} {found.address.rule}"

    def _touched(self, mutant: Mutant) -> Iterator[Heard]:
        for heard in self.heard:
            if mutant.rule in heard.asked and mutant.endpoint in {None, heard.address.endpoint}:
                yield heard

    def _differs(self, heard: Heard) -> bool:
        try:
            return got(heard.address, heard.kind, self.visitors, self.world.marks) != heard.got
        except Exception:  # noqa: BLE001 -- whatever breaks, the test of the table breaks with it
            return True


@contextmanager
def _listening(app: Flask, asked: set[str]) -> Iterator[None]:
    with ExitStack() as stack:
        for name, put in rules(app).items():
            stack.enter_context(put(_noting(name, asked)))
        yield


def _noting(name: str, asked: set[str]) -> Callable[[Call], Call]:
    def make(original: Call) -> Call:
        def ask(*args: Any, **named: Any) -> Any:
            asked.add(name)
            return original(*args, **named)

        return ask

    return make


def noticed_by_tests(mutant: Mutant) -> bool:
    """Whether a quick test of the mutant's package fails with it."""
    places = [place for place in (*EVERYWHERE, f"tests/{mutant.package}") if Path(place).exists()]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "tests.mutants.plugin", "-m", SKIPPED, *places]
    run = subprocess.run(
        command,
        env=os.environ | {ENVIRONMENT: mutant.name},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if run.returncode not in {0, 1}:
        raise RuntimeError(f"{mutant.name}: the tests did not run\n{run.stdout[-2000:]}")
    return run.returncode == 1
