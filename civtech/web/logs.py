"""Structured logs: one line per request, with its id and never with what was typed."""

import logging
import re
import secrets
import time

import structlog
from flask import Flask, Response, g, request

ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

log = structlog.get_logger("civtech")


def request_id() -> str:
    """The id of this request, as in the log, the response header and the error page."""
    if "request_id" not in g:
        g.request_id = id_for(request.headers.get("X-Request-ID", ""))
    return str(g.request_id)


def id_for(offered: str) -> str:
    """The id that a proxy offers for a request, if we can use it, or else a new one."""
    return offered if ACCEPTABLE_ID.fullmatch(offered) else secrets.token_hex(8)


def note(name: str, *, method: str, endpoint: str | None, status: int, began: float) -> None:
    """Write the line of one request, which began at an instant of the performance counter."""
    log.info(
        "request",
        request_id=name,
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
                method=request.method,
                endpoint=request.endpoint,
                status=response.status_code,
                began=g.get("started", time.perf_counter()),
            )
        return response
