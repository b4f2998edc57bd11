"""The web server's worker, in a process of its own with two threads: answers that wait leave both to others."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import config
from tests.support.postgres import free_port
from tests.support.server import ended

# A stand-in for the platform: it answers at once, later, at length, or not at all.
PLATFORM = """
import os, time
from civtech.web.equal_times import NOT_BEFORE, EqualTimes

def platform(environ, start_response):
    path = environ["PATH_INFO"]
    if path.startswith("/wait"):
        environ[NOT_BEFORE] = time.monotonic() + 1
    if path == "/wait/fail":
        raise ValueError("Broken on purpose.")
    body = environ["wsgi.input"].read() or path.encode()
    if path == "/wait/long":
        body = b"x" * 8_000_000
    if path == "/process":
        body = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]

app = EqualTimes(platform)
"""


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, subprocess.Popen]]:
    """The port of a web server, and its process."""
    (folder / "platform_of_the_test.py").write_text(PLATFORM)
    port = free_port()
    options = {"worker-class": "civtech.web_server.WebWorker", "workers": 1, "threads": 2, "graceful-timeout": 10}
    settings = [f"--{name}={value}" for name, value in options.items()]
    gunicorn = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level=critical"]
    process = subprocess.Popen(
        [*gunicorn, f"--bind=127.0.0.1:{port}", *settings, "platform_of_the_test:app"],
        cwd=config.ROOT,
        env=os.environ | {"PYTHONPATH": f"{folder}:{config.ROOT}"},
    )
    with ended(process):
        limit = time.monotonic() + 30
        while True:
            try:
                ask(port, "/process")
                break
            except OSError:
                assert time.monotonic() < limit
                time.sleep(0.05)
        yield port, process


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where one web server answers all tests that leave it running."""
    with serving(tmp_path_factory.mktemp("served")) as (port, _process):
        yield port


def ask(port: int, path: str, body: bytes | None = None) -> tuple[int, bytes, float]:
    """Status, body and seconds of an answer."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST" if body else "GET", path, body)
    answer = connection.getresponse()
    found = answer.status, answer.read(), time.monotonic() - began
    connection.close()
    return found


def at_once(port: int, paths: list[str]) -> tuple[list[threading.Thread], list[tuple[int, bytes, float]]]:
    answers: list[tuple[int, bytes, float]] = []
    threads = [threading.Thread(target=lambda path=path: answers.append(ask(port, path))) for path in paths]
    for thread in threads:
        thread.start()
    return threads, answers


def test_forty_answers_that_wait_leave_two_threads_to_others_and_come_in_time(port):
    threads, answers = at_once(port, [f"/wait/{number}" for number in range(40)])
    time.sleep(0.4)
    quick = [ask(port, "/quick")[2] for _ in range(5)]
    for thread in threads:
        thread.join()
    assert max(quick) < 0.3
    assert sorted(body for _status, body, _took in answers) == sorted(
        f"/wait/{number}".encode() for number in range(40)
    )
    assert all(status == 200 and 1.0 <= took < 2.5 for status, _body, took in answers)


def test_a_connection_is_kept_after_an_answer_that_waited(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    for path in ("/wait/one", "/quick", "/wait/two", "/wait/three", "/quick"):
        began = time.monotonic()
        connection.request("POST", path, path.encode())
        assert connection.getresponse().read() == path.encode()
        assert (time.monotonic() - began >= 1) == path.startswith("/wait")
    connection.close()


def test_a_long_answer_that_waited_reaches_a_slow_client_whole_and_leaves_the_loop_to_others(port):
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"GET /wait/long HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        time.sleep(1.2)
        assert ask(port, "/quick")[2] < 0.3
        received = 0
        while part := slow.recv(1 << 20):
            received += len(part)
    assert received > 8_000_000


def test_a_client_that_leaves_while_its_answer_waits_harms_no_one(port):
    for _ in range(4):
        with socket.create_connection(("127.0.0.1", port)) as leaving:
            leaving.sendall(b"GET /wait HTTP/1.1\r\nHost: test\r\n\r\n")
            time.sleep(0.05)
            leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    time.sleep(1.2)
    assert ask(port, "/quick")[:2] == (200, b"/quick")
    assert ask(port, "/wait/again")[:2] == (200, b"/wait/again")


def test_a_fault_of_the_application_is_answered_and_the_worker_goes_on(port):
    before = ask(port, "/process")[1]
    assert ask(port, "/wait/fail")[0] == 500
    assert ask(port, "/process")[1] == before


@pytest.mark.takes(4, "It starts a web server and stops it.")
def test_answers_that_wait_are_given_before_the_server_stops(tmp_path):
    with serving(tmp_path) as (port, process):
        threads, answers = at_once(port, ["/wait/one", "/wait/two"])
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join()
        assert [(status, took >= 1) for status, _body, took in answers] == [(200, True)] * 2
        assert process.wait(15) == 0
