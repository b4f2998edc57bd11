"""The supervisor of web server and background worker; the children are small stand-in programs."""

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from civtech import serve
from civtech.serve import Address, CannotServe, Worker

STARTS = pytest.mark.takes(4, "It starts the supervisor.")
ROOT = Path(serve.__file__).resolve().parent.parent

# Runs the real supervisor with stand-ins for gunicorn and the worker, which note when they start and end.
STAND_IN = """
import sys
from civtech import serve
child = '''
import http.server, pathlib, signal, sys, time
name, log, port, status = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
def note(word):
    with log.open("a") as lines: lines.write(f"{name} {word}\\\\n")
def end(*_):
    note("ended"); sys.exit(0)
signal.signal(signal.SIGTERM, end)
http.server.SimpleHTTPRequestHandler.log_message = lambda *_: None
note("started")
if status: sys.exit(status)
if name == "web":
    http.server.ThreadingHTTPServer(("127.0.0.1", port), http.server.SimpleHTTPRequestHandler).serve_forever()
while True: time.sleep(0.05)
'''
log, port, web_status, worker_status = sys.argv[1:]
serve.web_command = lambda address: [sys.executable, "-c", child, "web", log, port, web_status]
serve.worker_command = lambda: [sys.executable, "-c", child, "worker", log, port, worker_status]
serve.main()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Supervised:
    """A supervisor under test, its stand-ins and what they noted."""

    def __init__(self, folder: Path, *, web_status: int = 0, worker_status: int = 0):
        self.log, self.port = folder / "log", free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-c", STAND_IN, self.log, str(self.port), str(web_status), str(worker_status)],
            cwd=ROOT,
            env=os.environ | {"PORT": str(self.port), "HOST": "127.0.0.1", "CIVTECH_DEMO": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def notes(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def wait_for(self, *notes: str) -> None:
        limit = time.monotonic() + 20
        while not set(notes) <= set(self.notes()):
            assert time.monotonic() < limit, f"only {self.notes()} after 20 s"
            time.sleep(0.05)

    def finish(self, number: int | None = None) -> tuple[int, str]:
        if number is not None:
            self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=20)
        return self.process.returncode, output


@STARTS
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_both_children_end_with_the_supervisor(tmp_path, number):
    supervised = Supervised(tmp_path)
    supervised.wait_for("web started", "worker started")

    status, output = supervised.finish(number)

    assert status == 0
    assert sorted(supervised.notes()) == ["web ended", "web started", "worker ended", "worker started"]
    assert "Stopping" in output


@STARTS
def test_it_says_where_to_go_as_soon_as_a_page_is_served(tmp_path):
    supervised = Supervised(tmp_path)
    first, second = (supervised.process.stdout.readline() for _ in range(2))

    with urllib.request.urlopen(f"http://127.0.0.1:{supervised.port}/") as page:
        assert page.status == 200
    supervised.finish(signal.SIGTERM)

    assert first == f"Serving http://localhost:{supervised.port} (Ctrl-C stops it).\n"
    assert second == f"Demonstration: sign in as any role at http://localhost:{supervised.port}/demo\n"


@STARTS
def test_a_web_server_that_cannot_start_ends_everything_with_its_status(tmp_path):
    supervised = Supervised(tmp_path, web_status=3)
    assert supervised.finish()[0] == 3
    assert "worker started" not in supervised.notes() or "worker ended" in supervised.notes()


@STARTS
def test_a_worker_that_dies_is_started_again_while_pages_go_on(tmp_path):
    supervised = Supervised(tmp_path, worker_status=9)
    limit = time.monotonic() + 20
    while supervised.notes().count("worker started") < 2 and time.monotonic() < limit:
        time.sleep(0.05)
    status, output = supervised.finish(signal.SIGTERM)

    assert supervised.notes().count("worker started") >= 2
    assert supervised.notes().count("web started") == 1
    assert status == 0
    assert "The background worker stopped (status 9)" in output


class Dead:
    """A process that has ended."""

    def poll(self) -> int:
        return 1


def test_a_worker_that_keeps_dying_is_started_less_and_less_often_until_one_lives():
    now, launches = 0.0, []

    def launch() -> Dead:
        launches.append(now)
        return Dead()

    worker = Worker(launch, clock=lambda: now)
    while now < 100:
        worker.keep_running()
        now += 1
    gaps = [later - earlier for earlier, later in itertools.pairwise(launches)]
    assert gaps == sorted(gaps)
    assert max(gaps) <= serve.LONGEST_PAUSE + 2

    if worker.process is None:
        now = worker.restart_at
        worker.keep_running()
    now += serve.STEADY
    worker.keep_running()
    assert worker.pause == 1.0


def test_a_taken_port_is_said_in_plain_words():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotServe, match=rf"^Cannot listen on 127\.0\.0\.1:{port}: .* make run PORT="):
            Address("127.0.0.1", port).must_be_free()


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "²"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CannotServe, match="a number from 1 to 65535"):
        Address.of({"PORT": port})


@pytest.mark.parametrize(
    ("environ", "bind", "url"),
    [
        ({}, "127.0.0.1:8000", "http://localhost:8000"),
        ({"HOST": "0.0.0.0", "PORT": "9"}, "0.0.0.0:9", "http://localhost:9"),
        ({"HOST": "::1", "PORT": ""}, "[::1]:8000", "http://localhost:8000"),
        ({"HOST": "192.0.2.1"}, "192.0.2.1:8000", "http://192.0.2.1:8000"),
        ({"HOST": "2001:db8::1"}, "[2001:db8::1]:8000", "http://[2001:db8::1]:8000"),
    ],
)
def test_the_address_follows_host_and_port(environ, bind, url):
    assert (Address.of(environ).bind, Address.of(environ).url) == (bind, url)


def test_a_demonstration_for_every_network_is_not_served_without_the_second_setting() -> None:
    environ = {"CIVTECH_DEMO": "1", "HOST": "0.0.0.0", "PORT": str(free_port())}
    with pytest.raises(CannotServe, match="CIVTECH_DEMO_OPEN_TO_ALL=1"):
        serve.serve(environ)
