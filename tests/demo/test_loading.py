"""The demonstration brings passwords that everybody knows, so it comes only where it was asked for."""

import os
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

import config
from civtech.core.db import db
from civtech.people.models import User


@pytest.mark.parametrize("option", [(), ("--if-empty",)])
def test_without_the_demonstration_switched_on_nothing_is_loaded(app: Flask, option: tuple[str, ...]) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "load", *option])
    assert result.exit_code == 1
    assert "CIVTECH_DEMO=1" in result.output
    assert "Traceback" not in result.output
    assert db.session.scalar(select(func.count()).select_from(User)) == 0


@pytest.mark.parametrize(("demo", "loads"), [(None, True), ("1", True), ("true", True), ("0", False), ("no", False)])
def test_make_run_loads_it_only_in_a_demonstration(tmp_path: Path, demo: str | None, loads: bool) -> None:
    said = tmp_path / "said"
    for name in ("flask", "python"):
        (tmp_path / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {said}\n')
        (tmp_path / name).chmod(0o700)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("CIVTECH_", "MAKE", "MFL"))
    }
    if demo is not None:
        environment["CIVTECH_DEMO"] = demo
    subprocess.run(
        ["make", "--no-print-directory", "--old-file=setup", "run", f"BIN={tmp_path}"],
        cwd=config.ROOT,
        env=environment,
        check=True,
    )
    load = ["flask demo load --if-empty"] if loads else []
    assert said.read_text().splitlines() == ["flask db upgrade", *load, "python -m civtech.serve"]
