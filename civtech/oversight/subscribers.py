"""Gives every entry of the audit log the id of the request that wrote it, and kept pages their edition."""

from flask import Flask
from sqlalchemy import select

from civtech.oversight import daily as _daily  # noqa: F401 -- registers the daily job
from civtech.oversight import signing
from civtech.oversight.chain import HEAD, request_in_progress
from civtech.web.kept.layer import edition_is
from civtech.web.logs import request_id
from config import Misconfigured

edition_is(select(HEAD.c.edition))


def init(app: Flask) -> None:
    """Read the signing key at the start, so that a wrong one stops it, and note the request of each entry."""
    if text := app.config["AUDIT_SIGNING_KEY"]:
        try:
            signing.private_key(text)
        except signing.NotAKey as error:
            raise Misconfigured(str(error)) from error

    @app.before_request
    def begin() -> None:
        request_in_progress.set(request_id())

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        request_in_progress.set(None)
