"""The instant of receipt: what a trusted proxy says, else what the system says, and never what a client says."""

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civtech.core import clock
from civtech.web import arrival
from civtech.web.arrival import LONGEST_WAIT, said_by_proxy, waited

NOW = datetime(2027, 3, 12, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
MILLISECOND = timedelta(milliseconds=1)


def said(instant: datetime) -> str:
    """As nginx writes it, cut off after the milliseconds."""
    thousandths = (instant - datetime(1970, 1, 1, tzinfo=UTC)) // MILLISECOND
    return f"t={thousandths // 1000}.{thousandths % 1000:03}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"t={SECONDS}.000", NOW),
        (f"t={SECONDS - 1}.250", NOW - timedelta(seconds=0.75)),
        (f"t={SECONDS - 60}.000", NOW - timedelta(seconds=60)),
        (f"t={SECONDS - 61}.999", None),
        (f"t={SECONDS}.001", NOW),
        ("t=9999999999.999", NOW),
        ("t=0.000", None),
        ("", None),
        ("t=", None),
        (f"{SECONDS}.000", None),
        (f"t={SECONDS}", None),
        (f"t={SECONDS}.0", None),
        (f"t={SECONDS}.0000", None),
        (f"t={SECONDS}000", None),
        (f"t=-{SECONDS}.000", None),
        (f"t={SECONDS}.000,t={SECONDS - 5}.000", None),
        (f"t={SECONDS - 5}.000, t={SECONDS}.000", None),
        (f" t={SECONDS}.000", None),
        (f"t={SECONDS}.000\n", None),
        (f"t={SECONDS}.\N{ARABIC-INDIC DIGIT ZERO}00", None),
        ("t=1e9.000", None),
        (f"T={SECONDS}.000", None),
        ("t=99999999999.000", None),
        ("x" * 10_000, None),
    ],
)
def test_the_header_of_the_proxy_is_read_strictly(words: str, expected: datetime | None):
    assert said_by_proxy(words, NOW) == expected


@given(st.text() | st.from_regex(r"t=\d{0,12}\.\d{0,4}"))
def test_whatever_the_header_says_the_instant_is_neither_ahead_nor_more_than_a_minute_ago(words: str):
    found = said_by_proxy(words, NOW)
    assert found is None or NOW - LONGEST_WAIT <= found <= NOW


@given(st.integers(-59_000_000, 59_000_000))
def test_cutting_off_after_milliseconds_moves_nothing_over_a_deadline(microseconds: int):
    deadline = NOW - timedelta(seconds=59)
    instant = deadline + timedelta(microseconds=microseconds)
    found = said_by_proxy(said(instant), NOW + timedelta(seconds=60))
    assert found is None or (found < deadline) == (instant < deadline)


@pytest.fixture
def connected() -> Iterator[tuple[socket.socket, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        client.sendall(b"POST / HTTP/1.1\r\n\r\n")
        time.sleep(0.01)
        ours, _address = server.accept()
        yield client, ours
        client.close()
        ours.close()


needs_tcp_info = pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="Only Linux tells when bytes came in.")


@needs_tcp_info
def test_the_wait_of_a_request_is_counted_from_its_last_bytes(connected):
    client, ours = connected
    time.sleep(0.4)
    assert timedelta(seconds=0.25) < waited(ours) < timedelta(seconds=0.45)
    client.sendall(b"last words")
    time.sleep(0.01)
    assert waited(ours) == timedelta()


@needs_tcp_info
def test_reading_late_does_not_make_a_request_late(connected):
    _client, ours = connected
    time.sleep(0.4)
    ours.recv(100)
    assert waited(ours) > timedelta(seconds=0.25)


@needs_tcp_info
@pytest.mark.parametrize("pause", [0.0, 0.03, 0.06, 0.1, 0.2])
def test_an_instant_is_never_before_the_last_byte_was_sent(connected, pause: float):
    client, ours = connected
    time.sleep(0.2)
    sent = datetime.now(UTC)
    client.sendall(b"last words")
    time.sleep(pause)
    assert datetime.now(UTC) - waited(ours) >= sent


class Connection:
    """One that tells what a test wants."""

    def __init__(self, answer: bytes | OSError) -> None:
        self.answer = answer

    def getsockopt(self, *_wanted: int) -> bytes:
        if isinstance(self.answer, OSError):
            raise self.answer
        return self.answer


@needs_tcp_info
@pytest.mark.parametrize(
    ("client", "expected"),
    [
        (None, 0),
        (object(), 0),
        (Connection(OSError("no such option")), 0),
        (Connection(b"short"), 0),
        (Connection(bytes(56)), 0),
        (Connection(arrival.LAST_DATA.pack(1050)), 1000),
        (Connection(arrival.LAST_DATA.pack(60_050)), 60_000),
        (Connection(arrival.LAST_DATA.pack(60_051)), 0),
        (Connection(arrival.LAST_DATA.pack(2**32 - 1)), 0),
    ],
)
def test_what_a_connection_does_not_tell_is_no_wait(client, expected: int):
    assert waited(client) == timedelta(milliseconds=expected)


def test_a_connection_that_is_no_network_connection_tells_nothing():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert waited(ours) == timedelta()


@pytest.fixture
def header(trial_application, monkeypatch) -> str:
    monkeypatch.setitem(trial_application.config, "REQUEST_START_HEADER", "X-Request-Start")
    return "X-Request-Start"


def received(trial, **headers: str) -> str:
    return trial.post(
        "/trial/received", headers={name.replace("_", "-"): value for name, value in headers.items()}
    ).text


def test_the_header_counts_once_the_operator_names_it(trial, header):
    with clock.at(NOW):
        assert received(trial, X_Request_Start=f"t={SECONDS - 2}.500") == str(NOW - timedelta(seconds=1.5))


def test_a_header_that_a_client_sends_is_ignored_while_the_operator_names_none(trial):
    with clock.at(NOW):
        assert received(trial, X_Request_Start=f"t={SECONDS - 2}.500") == str(NOW)


def test_another_header_than_the_named_one_is_ignored(trial, header):
    with clock.at(NOW):
        assert received(trial, X_Queue_Start=f"t={SECONDS - 2}.500") == str(NOW)


@pytest.mark.parametrize("words", ["t=1.000", "yesterday", ""])
def test_a_header_that_is_no_use_leaves_the_time_of_the_server(trial, header, words: str):
    with clock.at(NOW):
        assert received(trial, X_Request_Start=words) == str(NOW)
