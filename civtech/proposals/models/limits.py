"""How much a team can write, counted like the counter in the browser so that both give the same number."""

import re

from civtech.core.blank import is_blank
from civtech.core.errors import RuleViolation
from civtech.core.signs import refuse_hidden
from civtech.core.text import N_, Text
from civtech.proposals.models.parts import Part

CHARACTERS_A_WORD = 20
SPACES = r" \t\n\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
WORD = re.compile(f"[^{SPACES}]+")


def words_in(text: str) -> int:
    """The number of words in `text`: runs of characters between spaces, like JavaScript's `\\S+`."""
    return sum(1 for _word in WORD.finditer(text))


def refuse_unfit(part: Part, text: str, *, field: str) -> None:
    """Refuse text that cannot be saved as this part. A limit on characters covers scripts without spaces."""
    if part.to_save and is_blank(text):
        raise RuleViolation(part.to_save, field=field)
    if part.one_line and len(text.splitlines()) > 1:
        raise RuleViolation(N_("Write “%(part)s” on one line."), field=field, part=Text(part.label))
    if part.one_line:
        refuse_hidden(text, field=field)
    if part.words and (count := words_in(text)) > part.words:
        raise RuleViolation(
            N_(
                "You have used %(count)s words and the limit is %(limit)s. Remove at least %(over)s, then "
                "save again. Nothing you wrote is lost."
            ),
            field=field,
            count=count,
            limit=part.words,
            over=count - part.words,
        )
    if len(text) > (most := part.characters or part.words * CHARACTERS_A_WORD):
        raise RuleViolation(
            N_(
                "You have used %(count)s characters and the limit is %(limit)s. Shorten the text, then save "
                "again. Nothing you wrote is lost."
            ),
            field=field,
            count=len(text),
            limit=most,
        )
