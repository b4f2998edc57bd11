"""Texts marked in the code, in the reader's language."""

from typing import TypeAlias

from flask_babel import LazyString, gettext

from civtech.core.text import Text

Label: TypeAlias = str | LazyString
"""A label, hint or message of a form: in the reader's language, or translated when it is shown."""


def translated(text: Text | Label) -> str:
    """`text` in the reader's language. Strings, including lazy ones, are returned unchanged."""
    if not isinstance(text, Text):
        return str(text)
    parameters = {
        name: translated(value) if isinstance(value, Text) else value for name, value in text.parameters.items()
    }
    return str(gettext(text.message, **parameters))
