"""Starting: the processor time until the application can answer, beside a bare one that imports the same libraries."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import config
from tests.bench.tables import Row, against
from tests.support.server import environment

COLUMNS = ("start", "ms", "bare ms", "ratio", "most", "libraries")
MOST = 2.0
ROUNDS = 15
OURS = "import wsgi"
LIBRARIES = """
import sys
import wsgi
for name, module in list(sys.modules.items()):
    if "site-packages" in (getattr(module, "__file__", None) or ""):
        print(name)
"""
BARE = """
from contextlib import suppress
from importlib import import_module
from flask import Flask
for name in {libraries}:
    with suppress(ImportError):
        import_module(name)
Flask("bare")
"""


def rows(place: Path, rounds: int = ROUNDS) -> Iterator[Row]:
    """Start both in turn, each in a process of its own."""
    settings = os.environ | environment(f"sqlite:///{place}/start.db", place)
    listed = subprocess.run(
        [sys.executable, "-c", LIBRARIES], cwd=config.ROOT, env=settings, capture_output=True, text=True, check=True
    )
    libraries = listed.stdout.split()
    bare = BARE.format(libraries=libraries)
    started(bare, settings)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(started(OURS, settings))
        theirs.append(started(bare, settings))
    took, compared = median(ours), median(theirs)
    cells = (f"{took:.0f}", f"{compared:.0f}", against(took / compared, MOST, digits=2), f"{MOST:.0f}")
    yield ("the application", *cells, f"{len(libraries):,}")


def started(code: str, settings: dict[str, str]) -> float:
    """Milliseconds of processor time that a new Python takes to run the code."""
    process = subprocess.Popen([sys.executable, "-c", code], cwd=config.ROOT, env=settings)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return 1000 * (used.ru_utime + used.ru_stime)
