"""The command: tries every mutant, says which survived, and fails if one did that nobody has explained."""

import sys
import time
import tomllib
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import tests.support.demonstration  # noqa: F401 -- loads the packages in their order
from civtech.core.db import db
from tests.access.house import furnished
from tests.mutants.hunt import Heard, Hunt, noticed_by_tests
from tests.mutants.mutants import Mutant

EXPLAINED = Path(__file__).with_name("survivors.toml")
AT_ONCE = 2

_hunts: list[Hunt] = []


def main() -> int:
    began = time.monotonic()
    with TemporaryDirectory(prefix="civtech-mutants-") as folder, furnished(Path(folder)) as (app, world):
        hunt = Hunt(app, world)
        with app.app_context():
            db.engine.dispose()
        _hunts[:] = [hunt]
        wanted = [mutant for mutant in hunt.mutants if any(word in mutant.name for word in sys.argv[1:] or [""])]
        left = _against_the_table(hunt, wanted)
    explained = tomllib.loads(EXPLAINED.read_text())
    known = [mutant for mutant in left if mutant.name in explained]
    left = known + _against_the_tests([mutant for mutant in left if mutant not in known])
    status = _report(wanted, left, explained, everything=not sys.argv[1:])
    print(f"{(time.monotonic() - began) / 60:.1f} minutes")
    return status


def _against_the_table(hunt: Hunt, mutants: Iterable[Mutant]) -> list[Mutant]:
    print(f"Asking everyone at {len(hunt.addresses)} addresses", flush=True)
    with _processes() as processes:
        for heard in processes.map(_listen, range(len(hunt.addresses)), chunksize=8):
            hunt.heard += heard
    left = []
    numbers = [hunt.mutants.index(mutant) for mutant in mutants]
    with _processes() as processes:
        for number, address in zip(numbers, processes.map(_noticed, numbers), strict=True):
            mutant = hunt.mutants[number]
            print(f"{mutant.name}: {address or 'not in the table'}", flush=True)
            left += [] if address else [mutant]
    return left


def _processes() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(AT_ONCE, mp_context=get_context("fork"))


def _listen(number: int) -> list[Heard]:
    return _hunts[0].listen(number)


def _noticed(number: int) -> str | None:
    return _hunts[0].noticed(_hunts[0].mutants[number])


def _against_the_tests(mutants: list[Mutant]) -> list[Mutant]:
    print(
        f"\nAsking the quick tests about {len(mutants)} that the table does not notice and nobody has explained",
        flush=True,
    )
    left = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for mutant, found in zip(mutants, threads.map(noticed_by_tests, mutants), strict=True):
            print(f"{mutant.name}: {'noticed' if found else 'survives'}", flush=True)
            left += [] if found else [mutant]
    return left


def _report(tried: list[Mutant], left: list[Mutant], explained: Mapping[str, str], *, everything: bool) -> int:
    survivors = {mutant.name for mutant in left}
    unexplained = [name for name in survivors if name not in explained]
    outdated = [name for name in explained if name not in survivors] if everything else []
    print(f"\n{len(tried)} mutants, {len(tried) - len(left)} noticed, {len(survivors)} survive")
    for name in sorted(survivors):
        print(f"  {name}: {explained.get(name, 'NOBODY HAS EXPLAINED THIS')}")
    for name in outdated:
        print(f"  {name}: explained in {EXPLAINED.name}, but it does not survive; take it out")
    return 1 if unexplained or outdated else 0


if __name__ == "__main__":
    sys.exit(main())
