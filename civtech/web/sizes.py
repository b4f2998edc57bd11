"""How much one request may bring. Too much is refused before it is taken apart, which alone would cost seconds."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

MOST_FIELDS = 200
LONGEST_FIELD = 200_000  # characters: twice what the longest field of any form takes

View = TypeVar("View", bound=Callable[..., Any])


def at_most_fields(count: int) -> Callable[[View], View]:
    """Let the form of a view send more than `MOST_FIELDS` fields: it has rows of its own."""

    def declare(view: View) -> View:
        view.most_fields = count  # type: ignore[attr-defined]
        return view

    return declare


def most_fields() -> int:
    """How many fields the view of this request takes."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "most_fields", MOST_FIELDS)


class BoundedParser(FormDataParser):
    """Counts the fields of every form before it takes the form apart; Werkzeug does so only for those with files."""

    def parse(self, *args: Any, **options: Any) -> Any:
        stream, form, files = super().parse(*args, **options)
        if any(len(value) > LONGEST_FIELD for _name, value in form.items(multi=True)):
            raise RequestEntityTooLarge
        return stream, form, files

    def _parse_urlencoded(self, stream: IO[bytes], *rest: Any) -> Any:
        body = stream.read()
        if self.max_form_parts is not None and body.count(b"&") >= self.max_form_parts:
            raise RequestEntityTooLarge
        return super()._parse_urlencoded(BytesIO(body), *rest)


class BoundedRequest(Request):
    """A request whose form is bounded."""

    form_data_parser_class = BoundedParser


def init(app: Flask) -> None:
    """Bound every request. Call it first: checking the CSRF token takes the form apart."""

    @app.before_request
    def bound() -> None:
        if request.query_string.count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge
        request.max_form_parts = most_fields()
