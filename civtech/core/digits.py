"""Digits as people type them. A sign that only looks like a digit, such as `¹` or `½`, is never read as one."""

import unicodedata

WIDTHS = ("<wide>", "<narrow>")


def in_ordinary_digits(text: str) -> str:
    """`text` with the decimal digits of every script as 0 to 9, and full-width letters and signs in their usual width.

    Superscripts, circled numbers, fractions and numerals stay as they are, so that a field refuses them like letters.
    """
    return unicodedata.normalize("NFC", "".join(map(_ordinary, text)))


def _ordinary(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return unicodedata.normalize("NFKC", sign) if unicodedata.decomposition(sign).startswith(WIDTHS) else sign
