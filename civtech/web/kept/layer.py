"""Answers visitors with kept pages, before Flask sees the request.

A page is right as long as its edition is the current one and nothing on it has changed by the clock. The edition is one
number in the database that grows with every event visitors can see the effect of, in the transaction of that event. So
a change shows on the next request, from any process, and nothing has to be told to forget a page.

Only requests that cannot be anyone's get a kept page: no session, no other proof of who they are, an address as our own
links write it, and a host that is ours. All others are built as ever. Answers from the store do not count for the
limits in `web.limits`, which protect the database and the processor: these answers cost next to nothing. Building a
page counts. Every answer has its request id and its line in the log.
"""

import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, current_app, request
from sqlalchemy import Engine, Select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from civtech.core import clock
from civtech.core.db import db
from civtech.core.windows import next_turn
from civtech.web import logs
from civtech.web.display import start_of, zone
from civtech.web.headers import EVERYWHERE, NEVER_STORED
from civtech.web.kept.declaring import arguments_of, is_canonical, is_for_everyone
from civtech.web.kept.lifetime import noted
from civtech.web.kept.pages import LONGEST_HEADER, Key, Page, Store
from civtech.web.translation import chosen
from config import is_loopback

OFFER = "civtech.kept"
LONGEST_ADDRESS = 500
READING = frozenset({"GET", "HEAD"})
KEPT_HEADERS = (*EVERYWHERE, "Content-Security-Policy", "Strict-Transport-Security")
REMEMBERED = "remember_token"  # the cookie of Flask-Login, which we do not set
MEBIBYTE = 2**20
PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "werkzeug.proxy_fix.orig")

_editions: list[Select[int]] = []


def edition_is(query: Select[int]) -> None:
    """Read the edition of the public pages with this query. It has no parameters."""
    _editions[:] = [query]


@dataclass(frozen=True)
class Offer:
    """The request to keep a page once it is built. Edition and instant are from before anything was read for it."""

    store: Store
    key: Key
    edition: int
    since: datetime


class Kept:
    """The application, with a store in front of it."""

    def __init__(self, application: WSGIApplication, app: Flask) -> None:
        self._application, self._app = application, app
        self.store = Store(app.config["KEPT_PAGES"], MEBIBYTE * app.config["KEPT_MEGABYTES"])
        with app.app_context():
            self._engine: Engine = db.engine
        self._edition_statement = str(_editions[0].compile(dialect=self._engine.dialect))
        self._cookies = (app.config["SESSION_COOKIE_NAME"], REMEMBERED)

    def __call__(self, environment: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        page = self._right(environment)
        if page is None:
            return self._application(environment, start_response)
        status, headers, body = page.answer(environment)
        name, offered = logs.new_id(), environment.get("HTTP_X_REQUEST_ID")
        method = environment["REQUEST_METHOD"]
        logs.note(name, offered, method=method, endpoint=page.endpoint, status=status, began=began)
        start_response(f"{status} {HTTPStatus(status).phrase}", [*headers, ("X-Request-ID", name)])
        return [] if method == "HEAD" else [body]

    def _right(self, environment: WSGIEnvironment) -> Page | None:
        """The kept page for this request. If it has to be built first, the environment says that we want to keep it."""
        key = self._key(environment)
        page = self.store.get(key) if key is not None else None
        if key is None or (page is None and not self._is_keepable(environment, key)):
            return None
        # Before anything is read for the page. What changes while it is built makes the page old at once, not wrong.
        edition = self._edition()
        if edition is None:
            return None
        now = clock.now()
        if page is not None and page.is_right(edition, now):
            return page
        environment[OFFER] = Offer(self.store, key, edition, now)
        return None

    def _key(self, environment: WSGIEnvironment) -> Key | None:
        """The key of the page that any visitor gets for this request, or None if it may be someone's own."""
        get = environment.get
        cookies, languages, host = get("HTTP_COOKIE"), get("HTTP_ACCEPT_LANGUAGE", ""), get("HTTP_HOST", "")
        path, query = get("PATH_INFO", ""), get("QUERY_STRING", "")
        if (
            not self._app.config["KEPT_PAGES"]
            or environment["REQUEST_METHOD"] not in READING
            or (cookies and any(name in cookies for name in self._cookies))
            or "HTTP_AUTHORIZATION" in environment
            or get("CONTENT_LENGTH", "") not in {"", "0"}
            or "HTTP_TRANSFER_ENCODING" in environment
            or get("SCRIPT_NAME")
            or len(path) + len(query) > LONGEST_ADDRESS
            or len(languages) > LONGEST_HEADER
            or not self._is_ours(host)
            or not self._may_come_from(environment)
        ):
            return None
        return (
            environment["wsgi.url_scheme"],
            host,
            path,
            query,
            chosen(languages, tuple(self._app.config["LANGUAGES"])),
        )

    def _is_ours(self, host: str) -> bool:
        """Whether it is the host that the operator has set. Outside production, this machine's other names will do."""
        config = self._app.config
        return bool(host == config["PUBLIC_ADDRESS"]) or (config["CIVTECH_ENV"] != "production" and _is_here(host))

    def _may_come_from(self, environment: WSGIEnvironment) -> bool:
        """Whether no rule about machines could refuse it: a demonstration can be for this one only."""
        config = self._app.config
        if not config["CIVTECH_DEMO"] or config["CIVTECH_DEMO_OPEN_TO_ALL"]:
            return True
        passed_on = any(name in environment for name in PASSED_ON)
        return not passed_on and is_loopback(environment.get("REMOTE_ADDR", ""))

    def _is_keepable(self, environment: WSGIEnvironment, key: Key) -> bool:
        _scheme, _host, path, query, _language = key
        try:
            endpoint, _values = self._app.url_map.bind_to_environ(environment).match(
                path.encode("latin-1").decode(), method="GET"
            )
        except (HTTPException, UnicodeError):
            return False
        arguments = arguments_of(self._app, endpoint)
        return arguments is not None and is_canonical(query, arguments)

    def _edition(self) -> int | None:
        """The current edition: one statement on a connection that goes back at once. None if the database is away."""
        try:
            with closing(self._engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
                cursor.execute(self._edition_statement)
                row = cursor.fetchone()
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error):
            return None
        return int(row[0]) if row else None


@lru_cache(maxsize=64)
def _is_here(host: str) -> bool:
    return len(host) <= LONGEST_HEADER and is_loopback(host)


def settle(response: Response) -> Response:
    """Keep the page that was built, and answer with it. Call it when nothing else changes the response any more."""
    arguments = arguments_of(current_app, request.endpoint)
    if arguments is None or not current_app.config["KEPT_PAGES"]:
        return response
    offer: Offer | None = request.environ.get(OFFER)
    if offer is None:
        response.headers["Cache-Control"] = NEVER_STORED
    if offer is None or not is_for_everyone(response):
        return response
    page = Page(
        endpoint=request.endpoint or "",
        body=response.get_data(),
        headers=tuple((name, value) for name, value in response.headers if name in KEPT_HEADERS),
        edition=offer.edition,
        since=offer.since,
        until=_until(offer.since),
    )
    offer.store.keep(offer.key, page)
    status, headers, body = page.answer(request.environ)
    return Response(body, status, [*headers, ("X-Request-ID", response.headers["X-Request-ID"])])


def _until(since: datetime) -> datetime:
    """The first instant after `since` at which the page may change without an event: midnight at the latest."""
    midnight = start_of(since.astimezone(zone()).date() + timedelta(days=1))
    turns = (midnight, noted(), db.session.scalar(next_turn(), {"at": since}))
    return min(turn for turn in turns if turn is not None)
