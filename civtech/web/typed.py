"""What a person typed into this request's form, so that they need not type it again."""

import re
from dataclasses import dataclass

from flask import request
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from civtech.web.transaction import is_write

SECRET = re.compile(r"password|token|code|secret", re.IGNORECASE)
NOT_FOR_PEOPLE = re.compile(r"key|submit|^seen$", re.IGNORECASE)
MOST_GIVEN_BACK = 100  # fields on an error page
LARGEST_GIVEN_BACK = 50_000  # size of these fields on the page, in bytes


@dataclass(frozen=True)
class GivenBack:
    """What an error page shows of the user's input, as pairs of name and value, and whether that is all of it."""

    words: list[tuple[str, str]]
    complete: bool


def fields() -> list[tuple[str, str]]:
    """Every field of the form except secret ones, as pairs of name and value."""
    if not is_write():
        return []
    try:
        return [
            (name, value) for name in request.form if not SECRET.search(name) for value in request.form.getlist(name)
        ]
    except HTTPException:
        return []


def words() -> list[tuple[str, str]]:
    """The fields that people can read."""
    return [(name, value) for name, value in fields() if value.strip() and not NOT_FOR_PEOPLE.search(name)]


def given_back() -> GivenBack:
    """As many whole fields as an error page has room for: half a text is worse than advice to go back."""
    typed, room = words(), LARGEST_GIVEN_BACK
    whole: list[tuple[str, str]] = []
    for name, value in typed:
        size = len(escape(name + value).encode(errors="replace"))
        if size <= room and len(whole) < MOST_GIVEN_BACK:
            whole.append((name, value))
            room -= size
    return GivenBack(whole, complete=len(whole) == len(typed))
