"""Text as a reader sees it: without invisible signs, with Latin letters in place of those that look like them."""

import unicodedata
from functools import cache


def seen_as(text: str) -> str:
    """`text` in small Latin letters without accents, invisible signs and lookalikes. Words and marks stay in place."""
    shown = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    plain = "".join(_small(sign) for sign in "".join(shown).casefold())
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))


def _small(sign: str) -> str:
    """The Latin letter that a small letter looks like, or else the one that its capital looks like."""
    double = latin(sign)
    return latin(sign.upper()).casefold() if double == sign and len(sign.upper()) == 1 else double


@cache
def script(sign: str) -> str:
    """The script that a character belongs to, such as `LATIN` or `COMMON`."""
    from confusable_homoglyphs import categories  # noqa: PLC0415 -- large; few processes meet a letter like that

    return str(categories.alias(sign)).upper()


@cache
def latin(sign: str) -> str:
    """The Latin letter that `sign`, a letter of another script, looks like; otherwise `sign` itself."""
    if sign.isascii() or not sign.isalpha() or script(sign) in {"COMMON", "LATIN"}:
        return sign
    from confusable_homoglyphs import confusables  # noqa: PLC0415 -- the same

    doubles = confusables.is_confusable(sign, preferred_aliases=["latin"])
    for double in doubles[0]["homoglyphs"] if doubles else ():
        if len(double["c"]) == 1 and script(double["c"]) == "LATIN":
            return str(double["c"])
    return sign
