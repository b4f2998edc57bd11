"""Which pages can be kept for visitors: those that say so, unless building one made something for a single reader."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, current_app, g, has_request_context, request, session
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., object])
OK = 200


def keepable(*arguments: str) -> Callable[[View], View]:
    """Keep the pages of a public view. `arguments` are those that our links put in its query, in their order.

    The page may depend on its address, the reader's language, the database and the clock, and on nothing else. Events
    change its edition; instants are declared with `core.windows.turns` or noted with `lifetime.lasts_until`.
    """

    def declare(view: View) -> View:
        view.keepable = arguments  # type: ignore[attr-defined]
        return view

    return declare


def arguments_of(app: Flask, endpoint: str | None) -> tuple[str, ...] | None:
    """The arguments that a view's query can have, or None if its pages are never kept."""
    arguments: tuple[str, ...] | None = getattr(app.view_functions.get(endpoint or ""), "keepable", None)
    return arguments


def is_canonical(query: str, arguments: tuple[str, ...]) -> bool:
    """Whether a query is as our own links and filters write it. Others get the same page, but it is not kept."""
    if not query:
        return True
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True)
    except ValueError:
        return False
    given = [name for name, _value in pairs]
    return given == [name for name in arguments if name in given] and urlencode(pairs) == query


def only_for_this_reader() -> None:
    """Say that this response contains something made for one reader, such as a key. It is never kept."""
    if has_request_context():
        g.only_for_this_reader = True


def is_for_everyone(response: Response) -> bool:
    """Whether any other visitor would get the same page."""
    token = current_app.config["WTF_CSRF_FIELD_NAME"]  # Flask-WTF remembers in `g` that it made one
    made_for_one = "only_for_this_reader" in g or token in g or session or session.modified
    return (
        response.status_code == OK
        and response.mimetype == "text/html"
        and not response.is_streamed
        and "Set-Cookie" not in response.headers
        and not made_for_one
        and not current_user.is_authenticated
        and request.endpoint is not None
    )
