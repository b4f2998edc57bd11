"""The same form sent twice at the same moment, as by a double click or a network that retries."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from civtech.core import clock

PATIENCE = 60
Answer = tuple[int, str | None]


def answer_of(response: TestResponse) -> Answer:
    """What we compare of an answer: its status and where it leads."""
    return response.status_code, response.location


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """The results of all acts, started together at the current instant, each in a thread."""
    ready = threading.Barrier(len(acts), timeout=PATIENCE)
    found: list[Any] = [None] * len(acts)
    at = clock.now()

    def run(place: int, act: Callable[[], Any]) -> None:
        ready.wait()
        with clock.at(at):
            found[place] = act()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return found


def copy_of(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser with the same cookies, for a thread of its own."""
    other = app.test_client()
    for cookie in client._cookies.values():  # type: ignore[attr-defined]
        other.set_cookie(cookie.key, cookie.value, path=cookie.path)
    return other


def sent_twice(app: Flask, client: FlaskClient, url: str, data: dict[str, str]) -> list[Answer]:
    """The two answers to one form that is sent twice at once."""
    both = [copy_of(app, client) for _ in range(2)]
    return at_once(*(lambda one=one: answer_of(one.post(url, data=data)) for one in both))
