"""Turns to write: first come, first served, in one process and between processes, whatever happens to any of them."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from civtech.core import turns
from civtech.core.turns import Turns

# Another process with the same queue. It does what it is told, line by line, and says when it is done.
OTHER = """
import importlib.util, sys, threading, time
from pathlib import Path
spec = importlib.util.spec_from_file_location("turns", sys.argv[1])
turns = importlib.util.module_from_spec(spec)
spec.loader.exec_module(turns)
queue = turns.Turns(Path(sys.argv[2]))
log = open(sys.argv[3], "a", buffering=1)

def write(name):
    ticket = queue.take(10)
    log.write(name + "\\n")
    ticket.give_back()

def often():
    for _ in range(25):
        ticket = queue.take(10)
        log.write(f"theirs {ticket.number}\\n")
        ticket.give_back()

for line in sys.stdin:
    word, _, name = line.strip().partition(" ")
    if word == "take":
        held = queue.take(10)
    elif word == "give":
        held.give_back()
    elif word == "crowd":
        threads = [threading.Thread(target=often) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    elif word == "write":
        before = len(queue._queue)
        threading.Thread(target=write, args=[name]).start()
        limit = time.monotonic() + 1
        while len(queue._queue) == before and time.monotonic() < limit:
            time.sleep(0.001)
    print("done", flush=True)
"""


class Other:
    """Another process that shares the queue."""

    def __init__(self, database: Path, log: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", OTHER, turns.__file__, database, log],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, words: str) -> None:
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()

    def do(self, words: str) -> None:
        self.begin(words)
        assert self.process.stdout.readline() == "done\n"

    def end(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait(10)
        for pipe in (self.process.stdin, self.process.stdout):
            pipe.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    place = tmp_path / "some.db"
    sqlite3.connect(place).close()
    place.touch()
    return place


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def another(database: Path, log: Path) -> Iterator[Callable[[], Other]]:
    started: list[Other] = []

    def start() -> Other:
        started.append(Other(database, log))
        return started[-1]

    yield start
    for other in started:
        other.end()


def waiting(queue: Turns, count: int) -> None:
    limit = time.monotonic() + 10
    while len(queue._queue) != count:
        assert time.monotonic() < limit
        time.sleep(0.001)


def queued(queue: Turns, names: list[str], served: list[str]) -> list[threading.Thread]:
    """Writers who took their tickets in this order."""

    def write(name: str) -> None:
        ticket = queue.take(10)
        served.append(name)
        ticket.give_back()

    threads = []
    for name in names:
        before = len(queue._queue)
        threads.append(threading.Thread(target=write, args=[name]))
        threads[-1].start()
        waiting(queue, before + 1)
    return threads


def test_within_a_process_writers_are_served_in_the_order_they_came(database: Path):
    queue, served = Turns(database), []
    first = queue.take(1)
    names = [f"writer {number}" for number in range(40)]
    threads = queued(queue, names, served)
    first.give_back()
    for thread in threads:
        thread.join()
    assert served == names


def test_between_processes_none_is_overtaken_however_many_come_from_the_other(database: Path, log: Path, another):
    """Forty writers of two processes, one after the other: served in just that order."""
    queue, other = Turns(database), another()
    first = queue.take(1)
    threads, names = [], []

    def write(name: str) -> None:
        ticket = queue.take(10)
        with log.open("a") as lines:
            lines.write(f"{name}\n")
        ticket.give_back()

    for number in range(40):
        names.append(f"{number}")
        if number % 3:
            other.do(f"write {number}")
        else:
            before = len(queue._queue)
            threads.append(threading.Thread(target=write, args=[f"{number}"]))
            threads[-1].start()
            waiting(queue, before + 1)
    first.give_back()
    for thread in threads:
        thread.join()
    limit = time.monotonic() + 10
    while len(log.read_text().splitlines()) < len(names) and time.monotonic() < limit:
        time.sleep(0.01)
    assert log.read_text().splitlines() == names


def test_two_crowds_that_come_back_at_once_are_served_in_the_order_of_their_tickets(database: Path, log: Path, another):
    queue, other, stop = Turns(database), another(), threading.Event()

    def crowd() -> None:
        while not stop.is_set():
            ticket = queue.take(10)
            with log.open("a") as lines:
                lines.write(f"ours {ticket.number}\n")
            ticket.give_back()

    threads = [threading.Thread(target=crowd) for _ in range(6)]
    for thread in threads:
        thread.start()
    try:
        other.do("crowd")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    served = [int(line.split()[1]) for line in log.read_text().splitlines()]
    assert served == list(range(len(served)))
    assert log.read_text().count("theirs") == 6 * 25


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_writer_that_is_killed_in_its_turn_keeps_none_waiting(database: Path, another, number: int):
    queue, other = Turns(database), another()
    other.do("take")
    with pytest.raises(TimeoutError):
        queue.take(0.05)
    os.kill(other.process.pid, number)
    queue.take(5).give_back()


def test_a_writer_that_is_killed_while_it_waits_keeps_none_waiting(database: Path, another):
    queue, other = Turns(database), another()
    first = queue.take(1)
    other.do("write of a process that dies")
    taken: list[float] = []
    thread = threading.Thread(target=lambda: taken.append(queue.take(5).number))
    thread.start()
    waiting(queue, 2)
    other.process.kill()
    other.process.wait(10)
    first.give_back()
    thread.join(5)
    assert taken == [first.number + 2]


def test_who_gives_up_waiting_is_passed_over(database: Path):
    queue = Turns(database)
    first = queue.take(1)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        queue.take(0.2)
    assert 0.2 <= time.monotonic() - began < 1
    first.give_back()
    queue.take(0).give_back()


def test_giving_back_twice_takes_the_turn_from_no_one(database: Path):
    queue = Turns(database)
    first = queue.take(1)
    first.give_back()
    second = queue.take(1)
    first.give_back()
    with pytest.raises(TimeoutError):
        queue.take(0.02)
    second.give_back()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_begins_with_no_turn_of_its_parent(database: Path):
    ticket = turns.turns_of(database).take(1)
    child = os.fork()
    if child == 0:
        free = 1
        try:
            turns.turns_of(database).take(0.1)
            free = 0
        except TimeoutError:
            free = 2
        finally:
            os._exit(free)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    ticket.give_back()
    turns.turns_of(database).take(1).give_back()


@pytest.mark.parametrize("words", [b"", b"\0", b"\0" * 8, b"\xff" * 7, b"\xff" * 8])
def test_a_counter_that_was_lost_is_begun_again_past_the_tickets_that_still_count(
    database: Path, another, words: bytes
):
    queue, other = Turns(database), another()
    other.do("take")
    database.with_name("some.db-turns").write_bytes(words)
    with pytest.raises(TimeoutError):
        queue.take(0.05)
    other.do("give")
    queue.take(1).give_back()


def test_the_file_of_turns_has_owner_and_mode_of_the_database(database: Path):
    database.chmod(0o660)
    if os.geteuid() == 0:
        os.chown(database, 65534, 65534)
    Turns(database).take(1)
    made, of = database.with_name("some.db-turns").stat(), database.stat()
    assert (made.st_uid, made.st_gid, made.st_mode & 0o777) == (of.st_uid, of.st_gid, 0o660)
