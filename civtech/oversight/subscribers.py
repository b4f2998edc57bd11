"""Gives every entry of the audit log the id of the request that wrote it."""

from flask import Flask

from civtech.oversight.chain import request_in_progress
from civtech.web.logs import request_id


def init(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        request_in_progress.set(request_id())

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        request_in_progress.set(None)
