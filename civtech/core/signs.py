"""Invisible characters, and where they are part of the spelling."""

import unicodedata

from civtech.core.errors import RuleViolation
from civtech.core.text import N_

HIDDEN = N_("Remove line breaks and invisible characters.")
JOINERS = frozenset("\u200c\u200d")


def unprintable(text: str) -> bool:
    """Whether the name or title `text` contains an invisible character.

    The joiners U+200C and U+200D between letters are allowed: Persian and Indian names need them for their spelling.
    """
    return any(not sign.isprintable() and not _joins(text, index) for index, sign in enumerate(text))


def refuse_hidden(text: str, *, field: str) -> None:
    """Refuse a name or title of one line with a line break or an invisible character: two could look the same."""
    if unprintable(text):
        raise RuleViolation(HIDDEN, field=field)


def _joins(text: str, index: int) -> bool:
    """Whether the character at `index` is a joiner between two letters or their marks."""
    around = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
    return text[index] in JOINERS and len(around) == 2 and all(unicodedata.category(sign)[0] in "LM" for sign in around)
