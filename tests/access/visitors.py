"""Trying the addresses as each kind of person, without leaving a trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import flask.templating
from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.test import TestResponse

from civtech.core import clock
from civtech.core.db import db
from tests.access.addresses import Address
from tests.access.world import Guide
from tests.support.client import Client

_draw = flask.templating._render


def _drawn_if_read(app: Flask, template: Any, context: dict[str, Any]) -> str:
    if request.method == "GET" and not template.name.startswith("errors/"):
        return _draw(app, template, context)
    return ""


@contextmanager
def looking(world: Guide) -> Iterator[None]:
    """Try every change but keep none. Draw the pages, but not refusals or answers to sent forms."""
    with (
        clock.at(world.at),
        mock.patch.object(db.session, "commit", db.session.rollback),
        mock.patch.object(flask.templating, "_render", _drawn_if_read),
    ):
        yield


class Visitors:
    """One person of each kind, each time with a fresh browser that has only their cookie."""

    def __init__(self, app: Flask, world: Guide) -> None:
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        name = app.config["SESSION_COOKIE_NAME"]
        self.cookies = {kind: f"{name}={signer.dumps(held)}" for kind, held in world.cookies.items()}
        self.client = Client(app, Response, use_cookies=False)

    def open(self, kind: str, address: Address) -> TestResponse:
        """What this kind of person gets at the address."""
        headers = {"Cookie": self.cookies[kind]} if kind in self.cookies else {}
        return self.client.open(address.url, method=address.method, headers=headers)
