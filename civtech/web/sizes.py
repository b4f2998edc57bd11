"""Limits on the size of a request. Too large a form is refused before parsing, which alone could take seconds."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, TypeVar

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

MOST_FIELDS = 200
LONGEST_FIELD = 200_000  # characters: twice the longest field of any form

View = TypeVar("View", bound=Callable[..., object])


def at_most_fields(count: int) -> Callable[[View], View]:
    """Let a view's form send up to `count` fields instead of `MOST_FIELDS`, because it has rows."""

    def declare(view: View) -> View:
        view.most_fields = count  # type: ignore[attr-defined]
        return view

    return declare


def most_fields() -> int:
    """How many fields this request's view accepts."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "most_fields", MOST_FIELDS)


Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class BoundedParser(FormDataParser):
    """Counts the fields of every form before parsing it. Werkzeug only does this for forms with files."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Parsed:
        stream, form, files = super().parse(stream, mimetype, content_length, options)
        if any(len(value) > LONGEST_FIELD for _name, value in form.items(multi=True)):
            raise RequestEntityTooLarge
        return stream, form, files

    def _parse_urlencoded(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Parsed:
        body = stream.read()
        if self.max_form_parts is not None and body.count(b"&") >= self.max_form_parts:
            raise RequestEntityTooLarge
        return super()._parse_urlencoded(BytesIO(body), mimetype, content_length, options)


class BoundedRequest(Request):
    """A request with a limited form size."""

    form_data_parser_class = BoundedParser


def init(app: Flask) -> None:
    """Limit every request. Call it first: checking the CSRF token parses the form."""

    @app.before_request
    def bound() -> None:
        if request.query_string.count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge
        request.max_form_parts = most_fields()
