"""The product's texts, by message id: the English sentence in the catalogue. Tests fail on texts that no longer exist.

When a sentence changes, its id changes with it: replace the old one by the new one in the code and in the tests.
"""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

import civtech

CATALOGUE = Path(civtech.__file__).parent / "translations" / "messages.pot"


@cache
def known() -> frozenset[str]:
    """Every message id, singular and plural."""
    with CATALOGUE.open("rb") as file:
        messages = [message.id for message in read_po(file, ignore_obsolete=True) if message.id]
    return frozenset(one for said in messages for one in ([said] if isinstance(said, str) else said))


def wording(message: str, /, **values: object) -> str:
    """The message as people read it, with `values` filled in."""
    assert message in known(), f"The product does not say {message!r} any more."
    return message % values if values else message


def pattern(message: str, /, **values: object) -> str:
    """The same for `pytest.raises(match=…)`."""
    return re.escape(wording(message, **values))


def fragment(words: str) -> str:
    """Part of a message, for words that several messages share and for words a page must not contain."""
    assert any(words in message for message in known()), f"No message says {words!r} any more."
    return words
