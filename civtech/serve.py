"""`python -m civtech.serve`: starts and stops the web server and the background worker together."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from config import Misconfigured, demonstration, named

ROOT = Path(__file__).resolve().parent.parent
WORKER = "civtech.web_server.WebWorker"
GRACE = 20.0  # seconds that running requests and jobs have to finish
TICK = 0.2  # seconds between checks of the child processes
STEADY = 60.0  # seconds after which a worker counts as healthy again
LONGEST_PAUSE = 30.0  # seconds between restarts of a worker that keeps dying
START_LIMIT = 60.0  # seconds in which the application must first answer


class CannotServe(Exception):
    """Why the platform cannot be served, explained for the person at the terminal."""


@dataclass(frozen=True)
class Address:
    """The address to listen on."""

    host: str
    port: int

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Address":
        """The address from HOST and PORT, by default 127.0.0.1:8000."""
        port = environ.get("PORT") or "8000"
        if not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
            raise CannotServe(f"PORT is {port!r}; it must be a number from 1 to 65535.")
        return cls(environ.get("HOST") or "127.0.0.1", int(port))

    @property
    def bind(self) -> str:
        """The address in gunicorn's form."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def reachable(self) -> str:
        """The host a browser on this machine can open, even when listening on every interface."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104  # nosec B104

    @property
    def url(self) -> str:
        """The address to open in a browser. This machine has a name there, because passkeys need one."""
        return f"http://{named(self.reachable, self.port)}"

    def must_be_free(self) -> None:
        """Check this before starting anything: gunicorn would retry for seconds and then give a misleading error."""
        try:
            family, kind, protocol, _, where = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(where)
        except OSError as error:
            raise CannotServe(
                f"Cannot listen on {self.bind}: {error.strerror or error}. If something else runs there, stop it "
                f"or choose another port: make run PORT={self.port % 65535 + 1}"
            ) from error

    def answers(self) -> bool:
        """Whether there is any HTTP answer. /readyz judges what it says."""
        connection = http.client.HTTPConnection(self.reachable, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True


def web_command(address: Address) -> list[str]:
    """Gunicorn with threads: pages mostly wait for the database, and two processes use two cores."""
    options = {"bind": address.bind, "worker-class": WORKER, "workers": "2", "threads": "8", "timeout": "60"}
    options["forwarder-headers"] = ""  # no header says below which path we are served
    settings = [f"--{name}={value}" for name, value in options.items()]
    return [
        *(sys.executable, "-m", "gunicorn", "wsgi:app", *settings),
        *("--no-control-socket", f"--graceful-timeout={GRACE:.0f}", "--log-level=warning"),
    ]


def worker_command() -> list[str]:
    """The background worker, for email and other jobs."""
    return [sys.executable, "-m", "flask", "worker"]


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a child process that the terminal cannot reach, so that only we pass Ctrl-C on, once."""
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


@dataclass
class Worker:
    """The background worker. If it dies, it is restarted, more slowly each time."""

    launch: Callable[[], subprocess.Popen[bytes]]
    clock: Callable[[], float] = time.monotonic
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restart_at: float = 0.0
    pause: float = field(default=1.0)

    def keep_running(self) -> None:
        """Restart it if necessary. Call this at every tick."""
        now = self.clock()
        if self.process is None:
            if now >= self.restart_at:
                self.process, self.started = self.launch(), now
        elif (status := self.process.poll()) is not None:
            self.pause = 1.0 if now - self.started >= STEADY else min(self.pause * 2, LONGEST_PAUSE)
            self.process, self.restart_at = None, now + self.pause
            say(f"The background worker stopped (status {status}); starting it again in {self.pause:.0f} s.")


def say(words: str) -> None:
    """Print immediately for the person at the terminal."""
    print(words, flush=True)


def welcome(address: Address, *, demo: bool) -> str:
    """What to do next, once pages are served."""
    lines = [f"Serving {address.url} (Ctrl-C stops it)."]
    if demo:
        lines.append(f"Demonstration: sign in as any role at {address.url}/demo")
    return "\n".join(lines)


def stop(*processes: subprocess.Popen[bytes] | None) -> None:
    """Ask the processes to finish what they are doing, and kill those that do not."""
    running = [process for process in processes if process is not None and process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + GRACE + 5
    for process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def serve(environ: Mapping[str, str]) -> int:
    """Run until told to stop or until the web server ends. Returns the exit status."""
    address = Address.of(environ)
    try:
        demo, _open_to_all = demonstration(environ)
    except Misconfigured as reason:
        raise CannotServe(str(reason)) from reason
    address.must_be_free()
    stopping = False

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, ask_to_stop)

    web = start(web_command(address))
    worker = Worker(lambda: start(worker_command()))
    greeted, latest_greeting = False, time.monotonic() + START_LIMIT
    try:
        while not stopping and web.poll() is None:
            worker.keep_running()
            if not greeted and (greeted := address.answers()):
                say(welcome(address, demo=demo))
            elif not greeted and time.monotonic() > latest_greeting:
                raise CannotServe(f"The application did not answer within {START_LIMIT:.0f} seconds.")
            time.sleep(TICK)
    finally:
        if stopping:
            say("\nStopping: letting requests and jobs under way finish.")
        stop(web, worker.process)
    return 0 if stopping else web.returncode or 1


def main() -> None:
    """The command."""
    try:
        sys.exit(serve(os.environ))
    except CannotServe as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
