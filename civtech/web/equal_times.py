"""Answers whose timing must reveal nothing: they are ready early and sent at a set time.

The wait comes after the request. It holds no transaction, no database connection and no turn to write. Our own web
server (`civtech.web_server`) does not keep a thread for it either. Under any other server, the thread sleeps.
"""

import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import request

NOT_BEFORE = "civtech.not_before"


def answer_not_before(instant: float) -> None:
    """Send the answer to this request at `instant` of the monotonic clock, or later."""
    request.environ[NOT_BEFORE] = instant


class EqualTimes:
    """The application, wrapped so that answers can wait."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environment: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._application(environment, start_response)
        if (instant := environment.get(NOT_BEFORE)) is not None:
            wait_until = getattr(environment.get("gunicorn.socket"), "hold_until", sleep_until)
            wait_until(instant)
        return answer


def sleep_until(instant: float) -> None:
    """Sleep in this thread until `instant`."""
    time.sleep(max(0.0, instant - time.monotonic()))
