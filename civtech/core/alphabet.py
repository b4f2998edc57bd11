"""The order of names and the search for them: by one key, which we make and keep, so that every database agrees.

Databases differ in what they take for the same letter, and in the order of letters. A key has neither accents nor case.
"""

import re
import unicodedata
from typing import Annotated

from sqlalchemy import String
from sqlalchemy.orm import mapped_column

WHOLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})
"""Letters that Unicode does not take apart, as people type them without their own keyboard."""
APOSTROPHES = re.compile("['’‘ʼʻ`´]")  # noqa: RUF001 - the signs that people type between letters of a name
OTHER_SIGNS = re.compile(r"[\W_]+")

Folded = Annotated[
    str, mapped_column(String().with_variant(String(collation="C"), "postgresql"), default="", nullable=False)
]
"""A column for the key of a name. Its row keeps it beside the name."""


def folded(text: str) -> str:
    """The key of `text`. `ó briain`, `Ó BRIAIN` and `O Briain` have the same one, as have `Straße` and `STRASSE`."""
    plain = _without_marks(_without_marks(text).casefold()).translate(WHOLE)
    return OTHER_SIGNS.sub(" ", APOSTROPHES.sub("", plain)).strip()


def _without_marks(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
