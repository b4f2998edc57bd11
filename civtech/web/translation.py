"""Texts marked in the code, in the reader's language."""

from flask_babel import gettext

from civtech.core.text import Text


def translated(text: Text | str) -> str:
    """`text` in the reader's language. Strings, including lazy ones, are returned unchanged."""
    if not isinstance(text, Text):
        return str(text)
    parameters = {
        name: translated(value) if isinstance(value, Text) else value for name, value in text.parameters.items()
    }
    return str(gettext(text.message, **parameters))
