"""A gunicorn worker whose threads do work and never wait.

An answer that has to wait (`civtech.web.equal_times`) is kept as bytes and its thread takes the next request. The
worker's main loop sends the answer when its time comes. So waiting answers, however many, take no threads from others.
"""

import heapq
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from itertools import count
from socket import socket

from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker


class HeldSocket:
    """A client's connection. It keeps the answer once the application asks it to."""

    def __init__(self, connected: socket) -> None:
        self._connected = connected
        self.until: float | None = None
        self.kept = bytearray()

    def hold_until(self, instant: float) -> None:
        """Keep everything sent from now until `instant` of the monotonic clock."""
        self.until = instant

    def sendall(self, data: bytes) -> None:
        """Send, or keep for later."""
        if self.until is None:
            self._connected.sendall(data)
        else:
            self.kept += data

    def __getattr__(self, name: str) -> object:
        return getattr(self._connected, name)


class WebWorker(ThreadWorker):
    """One process of the web server."""

    def init_process(self) -> None:
        """Start with no waiting answers."""
        self._waiting: list[tuple[float, int, TConn, bytearray, Future[object]]] = []
        self._numbers = count()
        super().init_process()

    def handle_request(self, req: Request, conn: TConn) -> object:
        """In a thread: answer, or leave the answer with the connection until its time."""
        connected, conn.sock = conn.sock, HeldSocket(conn.sock)
        held, conn.held = conn.sock, None
        try:
            outcome = super().handle_request(req, conn)
        finally:
            conn.sock = connected
        if held.kept:
            conn.held = held
        return outcome

    def finish_request(self, conn: TConn, fs: "Future[object]") -> None:
        """In the main loop: free the connection, unless its answer has to wait."""
        held, conn.held = getattr(conn, "held", None), None
        if held is None:
            super().finish_request(conn, fs)
        else:
            heapq.heappush(self._waiting, (held.until, next(self._numbers), conn, held.kept, fs))

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """In the main loop: wake up in time for the next waiting answer."""
        if self._waiting:
            timeout = min(timeout, max(0.0, self._waiting[0][0] - time.monotonic()))
        super().wait_for_and_dispatch_events(timeout)
        while self._waiting and self._waiting[0][0] <= time.monotonic():
            _until, _number, conn, kept, fs = heapq.heappop(self._waiting)
            self._answer(conn, kept, fs)

    def _answer(self, conn: TConn, kept: bytearray, fs: "Future[object]") -> None:
        """Send at once what the system accepts. A thread sends the rest to slow clients, and notices closed ones."""
        conn.sock.setblocking(False)
        with suppress(OSError):
            del kept[: conn.sock.send(kept)]
        if not kept:
            super().finish_request(conn, fs)
            return
        sending = self.tpool.submit(_send_rest, conn, kept, fs)
        sending.add_done_callback(partial(self.method_queue.defer, super().finish_request, conn))


def _send_rest(conn: TConn, kept: bytearray, fs: "Future[object]") -> object:
    conn.sock.setblocking(True)
    conn.sock.sendall(kept)
    return fs.result()
