"""Structured logs: one line per request, with its id and never with what was typed."""

import logging
import re
import secrets
import time

import structlog
from flask import Flask, Response, g, request

UNACCEPTABLE = re.compile(r"[^A-Za-z0-9._-]", re.ASCII)
LONGEST_OFFERED = 64

log = structlog.get_logger("civtech")


def request_id() -> str:
    """The id of this request, as in the log, the response header and the error page."""
    if "request_id" not in g:
        g.request_id = new_id()
    return str(g.request_id)


def new_id() -> str:
    """An id for one request. We make it ourselves: what a client sends could be the id of another request."""
    return secrets.token_hex(8)


def note(name: str, offered: str | None, *, method: str, endpoint: str | None, status: int, began: float) -> None:
    """Write the line of one request, which began at an instant of the performance counter.

    `offered` is the id that a client or proxy sent. It is only written here, to find the request in their own log.
    """
    theirs = UNACCEPTABLE.sub("", offered or "")[:LONGEST_OFFERED] or None
    log.info(
        "request",
        request_id=name,
        offered_id=theirs,
        method=method,
        endpoint=endpoint,
        status=status,
        milliseconds=round(1000 * (time.perf_counter() - began), 1),
    )


def init(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[app.config["LOG_LEVEL"].upper()]
        ),
    )

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-ID"] = request_id()
        if request.endpoint not in {"static", "health.alive", "health.ready"}:
            note(
                request_id(),
                request.headers.get("X-Request-ID"),
                method=request.method,
                endpoint=request.endpoint,
                status=response.status_code,
                began=g.get("started", time.perf_counter()),
            )
        return response
