"""The tests' own PostgreSQL: there when asked for, gone afterwards, however the run ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.support import postgres

# Its own subprocesses run pytest in this folder, so it must not find the real conftest.py.
RUN = """
from tests.support.postgres import *
"""
TESTS = """
import os, pathlib, time
import pytest
@pytest.mark.parametrize("number", range(4))
def test_it(postgres_server, postgres_url, number):
    with (pathlib.Path(os.environ["OUT"])).open("a") as out:
        out.write(f"{postgres_server} {postgres_url}\\n")
    time.sleep(float(os.environ["PAUSE"]))
"""


def inner_run(folder: Path, *, pause: float) -> subprocess.Popen:
    (folder / "conftest.py").write_text(RUN)
    (folder / "test_inner.py").write_text(TESTS)
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", postgres.HOME))}
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-n2", "-c", os.devnull, "--rootdir", folder, folder],
        cwd=folder,
        env=environ | {"OUT": str(folder / "out"), "PAUSE": str(pause), "PYTHONPATH": str(postgres.ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def answers(url: str) -> bool:
    try:
        psycopg.connect(postgres.native(url), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def is_gone_within(seconds: float, url: str) -> bool:
    limit = time.monotonic() + seconds
    while answers(url):
        if time.monotonic() > limit:
            return False
        time.sleep(0.1)
    return True


def used(folder: Path) -> list[list[str]]:
    out = folder / "out"
    return [line.split() for line in out.read_text().splitlines()] if out.exists() else []


@pytest.mark.takes(20, "It runs pytest with two workers and a PostgreSQL of their own.")
@pytest.mark.postgres
def test_workers_share_one_server_have_a_database_each_and_leave_nothing_behind(tmp_path):
    run = inner_run(tmp_path, pause=0.5)
    output, _ = run.communicate(timeout=120)
    assert "4 passed" in output

    servers = {server for server, _ in used(tmp_path)}
    assert len(servers) == 1
    assert {url.rpartition("/")[2] for _, url in used(tmp_path)} == {"civtech_gw0", "civtech_gw1"}
    assert is_gone_within(15, servers.pop())


@pytest.mark.takes(20, "It runs pytest with two workers and a PostgreSQL of their own.")
@pytest.mark.postgres
def test_a_killed_run_takes_its_server_along(tmp_path):
    run = inner_run(tmp_path, pause=60)
    limit = time.monotonic() + 60
    while not used(tmp_path) and time.monotonic() < limit:
        time.sleep(0.1)
    server = used(tmp_path)[0][0]
    assert answers(server)

    run.kill()
    run.communicate()

    assert is_gone_within(15, server)


@pytest.mark.takes(5, "It starts a PostgreSQL.")
@pytest.mark.postgres
def test_the_command_prints_a_url_that_works_until_it_is_told_to_stop():
    command = [sys.executable, "-m", "tests.support.postgres"]
    with subprocess.Popen(command, cwd=postgres.ROOT, stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()
        assert answers(url)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert not answers(url)


def test_a_new_database_is_empty(postgres_server):
    url = postgres.new_database(postgres_server, "civtech_unused")
    with psycopg.connect(postgres.native(url)) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_a_new_database_replaces_one_of_its_name_even_while_it_is_used(postgres_server):
    url = postgres.new_database(postgres_server, 'odd "name"')
    with psycopg.connect(postgres.native(url.replace(" ", "%20"))) as connection:
        connection.execute("create table kept (id int)")
        connection.commit()
        again = postgres.new_database(postgres_server, 'odd "name"')
    assert again == url
    with psycopg.connect(postgres.native(url.replace(" ", "%20"))) as connection:
        assert connection.execute("select to_regclass('kept')").fetchone() == (None,)


def test_no_server_is_said_in_plain_words(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(postgres.Path, "glob", lambda *_: iter(()))
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(postgres.NoPostgres, match="No PostgreSQL is installed"):
        postgres.find_binaries()
