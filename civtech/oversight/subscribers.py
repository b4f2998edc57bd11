"""Gives every entry of the audit log the id of the request that wrote it, and kept pages their edition."""

from flask import Flask
from sqlalchemy import select

from civtech.oversight.chain import HEAD, request_in_progress
from civtech.web.kept.layer import edition_is
from civtech.web.logs import request_id

edition_is(select(HEAD.c.edition))


def init(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        request_in_progress.set(request_id())

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        request_in_progress.set(None)
