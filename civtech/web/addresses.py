"""Addresses of nothing: a NUL, which PostgreSQL takes in no text, is not found before anything looks for it."""

from flask import Flask, abort, request


def init(app: Flask) -> None:
    @app.before_request
    def refuse_nul() -> None:
        if "\0" in request.path:
            abort(404)
