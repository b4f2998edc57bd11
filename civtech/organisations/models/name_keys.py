"""The part of a name that counts when names are compared, and letters that look like others."""

import re
import unicodedata
from dataclasses import dataclass

from civtech.core.plain_letters import latin, script

_FORMS = "ltd limited llp lp plc cic cio scio inc incorporated gmbh sarl bv co company cyf cyfyngedig ccc"
LEGAL_FORMS = frozenset(_FORMS.split())
LITTLE_WORDS = frozenset({"the", "and", "of"})


@dataclass(frozen=True)
class Lookalike:
    """A letter in a name that readers take for another: both letters, and the Unicode name of the one that is there."""

    letter: str
    taken_for: str
    name: str


def key_of(name: str) -> str:
    """`name` without case, accents, spaces, punctuation or legal form, with Latin letters in place of lookalikes.

    If nothing is left, the key keeps those words. A name with no letters or digits has an empty key and matches none.
    """
    plain = "".join(latin(sign) for sign in unicodedata.normalize("NFKC", name).upper())
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", bare.casefold().replace(".", ""))
    telling = [word for word in words if word not in LITTLE_WORDS]
    while telling and telling[-1] in LEGAL_FORMS:
        telling.pop()
    return "".join(telling or words)


def lookalikes(name: str) -> list[Lookalike]:
    """The letters of `name` that look Latin but are not, if they could deceive: not in a name that is plainly Greek.

    A name can deceive if it mixes scripts, or if every letter of it has a Latin double.
    """
    latin_doubles = {sign: double for sign in name if (double := latin(sign)) != sign}
    strange = [sign for sign in name if script(sign) not in {"COMMON", "INHERITED", "LATIN"}]
    mixed = len({script(sign) for sign in name} - {"COMMON", "INHERITED"}) > 1
    if not (mixed or all(sign in latin_doubles for sign in strange)):
        return []
    return [Lookalike(sign, double, unicodedata.name(sign, "")) for sign, double in latin_doubles.items()]
