"""Lets a whole run of pytest live with one mutant: `CIVTECH_MUTANT="…" pytest -p tests.mutants.plugin`."""

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from civtech import create_app
from tests.mutants.mutants import ENVIRONMENT, all_mutants
from tests.support.client import settings_for

FOR_GOOD = ExitStack()


@pytest.hookimpl(trylast=True)
def pytest_sessionstart() -> None:
    """Load every rule, and change the one that is named; nobody changes it back."""
    with TemporaryDirectory() as folder:
        app = create_app(settings_for("sqlite://", Path(folder)))
    wanted = os.environ[ENVIRONMENT]
    FOR_GOOD.enter_context(next(mutant for mutant in all_mutants(app) if mutant.name == wanted).put())
