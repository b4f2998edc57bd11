"""The single commit of a request: a change answered with success is saved, everything else is rolled back."""

from datetime import datetime

from flask import Flask, Response, g, request

from civtech.core import db as database
from civtech.core.db import abandon, begin_writing, db, end_writing, wait_at_most
from civtech.web.arrival import arrived

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_ERROR = 400


def is_write() -> bool:
    """Whether this request may change anything."""
    return request.method not in SAFE


def received_at() -> datetime:
    """When this request had arrived completely, before it waited for anything. Deadlines are judged by this instant."""
    if "received_at" not in g:
        g.received_at = arrived()
    received: datetime = g.received_at
    return received


def settle(response: Response) -> None:
    """Commit a successful write; roll back everything else. A reader never commits."""
    if is_write() and response.status_code < FIRST_ERROR:
        db.session.commit()
        end_writing()
    else:
        abandon()


def init(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        wait_at_most(database.PATIENCE)
        if is_write():
            request.form  # noqa: B018 -- read to its end, so that the instant is that of complete receipt
            received_at()
            begin_writing()

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        end_writing()
        wait_at_most(None)
