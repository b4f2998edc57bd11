"""Invisible characters, and where they are part of the spelling."""

import unicodedata

JOINERS = frozenset("\u200c\u200d")


def unprintable(text: str) -> bool:
    """Whether the name `text` contains an invisible character.

    The joiners U+200C and U+200D between letters are allowed: Persian and Indian names need them for their spelling.
    """
    return any(not sign.isprintable() and not _joins(text, index) for index, sign in enumerate(text))


def _joins(text: str, index: int) -> bool:
    """Whether the character at `index` is a joiner between two letters or their marks."""
    around = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
    return text[index] in JOINERS and len(around) == 2 and all(unicodedata.category(sign)[0] in "LM" for sign in around)
