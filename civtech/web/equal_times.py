"""Answers whose time must tell nothing: they are ready early, and given at a set time.

The wait comes when the request is over. It holds no transaction, no connection to the database and no turn to write.
The platform's own web server (`civtech.web_server`) also keeps no thread for it. Under any other, the thread sleeps.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import request

NOT_BEFORE = "civtech.not_before"

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]


def answer_not_before(instant: float) -> None:
    """Give the answer of this request at `instant` of the monotonic clock, or later."""
    request.environ[NOT_BEFORE] = instant


class EqualTimes:
    """The application, with answers that wait."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self._application(environment, start_response)
        if (instant := environment.get(NOT_BEFORE)) is not None:
            wait_until = getattr(environment.get("gunicorn.socket"), "hold_until", sleep_until)
            wait_until(instant)
        return answer


def sleep_until(instant: float) -> None:
    """Keep this thread asleep."""
    time.sleep(max(0.0, instant - time.monotonic()))
