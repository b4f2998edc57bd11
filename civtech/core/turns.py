"""Turns for writers to one SQLite file: first come, first served, within and between processes.

SQLite lets one connection write and makes the others retry now and then. The connection that retries at the right
moment gets in, so an unlucky one can wait for ever. Here a writer takes a ticket and waits until it is the lowest.

Ticket numbers come from a counter in a file beside the database, so no writer is ever overtaken. While a ticket is
valid, its process holds a lock on the byte with that number in the same file. The system drops the locks of a process
that dies, so a dead writer holds up no one. Only the first writer of each process looks at that file.
"""

import contextlib
import fcntl
import os
import threading
import time
from collections import deque
from pathlib import Path

COUNTER = 8  # bytes at the start of the file that hold the next ticket number
NOT_OPEN = -1
LARGEST = 2**62  # even a damaged counter must give the number of a byte that can be locked
LOOK_AGAIN = 0.002  # seconds until the first writer of a process checks the other processes' writers again


class Ticket:
    """A place in the queue, from when it is taken until it is given back."""

    def __init__(self, turns: "Turns") -> None:
        self.number = -1
        self.first_here = threading.Event()
        self._turns = turns

    def give_back(self) -> None:
        """Let the next writer have its turn. Giving back twice is harmless."""
        self._turns.drop(self)


class Turns:
    """The queue for one database file."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._queue: deque[Ticket] = deque()
        self._mutex = threading.Lock()
        self._file = NOT_OPEN

    def take(self, patience: float) -> Ticket:
        """Wait for a turn. Raises `TimeoutError` if it does not come within `patience` seconds."""
        until = time.monotonic() + patience
        ticket = Ticket(self)
        try:
            self._join(ticket, until)
            while not (ticket.first_here.is_set() and self._is_lowest(ticket)):
                left = until - time.monotonic()
                if left <= 0:
                    raise TimeoutError("the turn to write did not come in time")
                if ticket.first_here.is_set():
                    time.sleep(min(LOOK_AGAIN, left))
                else:
                    ticket.first_here.wait(left)
        except BaseException:
            ticket.give_back()
            raise
        return ticket

    def drop(self, ticket: Ticket) -> None:
        """Remove a ticket from the queue, whether or not its turn came."""
        with self._mutex:
            if ticket not in self._queue:
                return
            self._queue.remove(ticket)
            self._unlock(COUNTER + ticket.number, 1)
            if self._queue:
                self._queue[0].first_here.set()

    def _join(self, ticket: Ticket, until: float) -> None:
        with self._mutex:
            if self._file == NOT_OPEN:
                self._file = self._opened()
            while not self._lock(fcntl.LOCK_EX, 0, COUNTER):
                if time.monotonic() > until:
                    raise TimeoutError("no ticket to write was to be had in time")
                time.sleep(LOOK_AGAIN)
            try:
                ticket.number = int.from_bytes(os.pread(self._file, COUNTER, 0), "big") % LARGEST
                while not self._lock(fcntl.LOCK_EX, COUNTER + ticket.number, 1):
                    ticket.number += 1
                self._queue.append(ticket)
                if self._queue[0] is ticket:
                    ticket.first_here.set()
                os.pwrite(self._file, (ticket.number + 1).to_bytes(COUNTER, "big"), 0)
            finally:
                self._unlock(0, COUNTER)

    def _is_lowest(self, ticket: Ticket) -> bool:
        """Whether no other process holds a lower ticket. Only this process's first writer asks."""
        if ticket.number == 0:
            return True
        if not self._lock(fcntl.LOCK_SH, COUNTER, ticket.number):
            return False
        self._unlock(COUNTER, ticket.number)
        return True

    def _lock(self, kind: int, start: int, length: int) -> bool:
        """Try to lock part of the file against other processes. Our own locks never get in the way."""
        try:
            fcntl.lockf(self._file, kind | fcntl.LOCK_NB, length, start)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _unlock(self, start: int, length: int) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, length, start)

    def _opened(self) -> int:
        """The file, kept open for the life of this process: closing it would drop all the process's locks.

        Like SQLite's own files, it gets the owner and mode of the database, even when root creates it.
        """
        database = self._database.stat()
        queue = self._database.with_name(f"{self._database.name}-turns")
        file = os.open(queue, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with contextlib.suppress(PermissionError):
            os.fchown(file, database.st_uid, database.st_gid)
            os.fchmod(file, database.st_mode & 0o666)
        return file


_known: dict[Path, Turns] = {}


def turns_of(database: Path) -> Turns:
    """This process's queue for a database file."""
    return _known.setdefault(database, Turns(database))


# A forked process has no locks and no writers yet.
os.register_at_fork(after_in_child=_known.clear)
