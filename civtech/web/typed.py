"""What somebody typed into the form of this request, so that nobody has to type it again."""

import re

from flask import request
from werkzeug.exceptions import HTTPException

from civtech.web.transaction import is_write

SECRET = re.compile(r"password|token|code|secret", re.IGNORECASE)
NOT_FOR_PEOPLE = re.compile(r"key|submit|^seen$", re.IGNORECASE)


def fields() -> list[tuple[str, str]]:
    """Every field of the form but the secret ones, as pairs of name and value."""
    if not is_write():
        return []
    try:
        return [
            (name, value) for name in request.form if not SECRET.search(name) for value in request.form.getlist(name)
        ]
    except HTTPException:
        return []


def words() -> list[tuple[str, str]]:
    """What people can read of it."""
    return [(name, value) for name, value in fields() if value.strip() and not NOT_FOR_PEOPLE.search(name)]
