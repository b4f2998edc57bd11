"""How much a team may write, counted as the counter in the browser counts, so that both say the same number."""

import re

from civtech.core.errors import RuleViolation
from civtech.core.text import N_

TITLE_CHARACTERS = 120
SUMMARY_WORDS = 80
CHARACTERS_A_WORD = 20
SPACES = r" \t\n\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
WORD = re.compile(f"[^{SPACES}]+")


def words_in(text: str) -> int:
    """How many words `text` has: what stands between spaces, as JavaScript's `\\S+` sees them."""
    return sum(1 for _word in WORD.finditer(text))


def refuse_too_long(text: str, *, words: int, field: str) -> None:
    """Refuse more than `words` words; a script without spaces is measured by its characters."""
    if (count := words_in(text)) > words:
        raise RuleViolation(
            N_("%(count)s words are more than the %(limit)s allowed. Take out %(over)s, then save. Nothing is lost."),
            field=field,
            count=count,
            limit=words,
            over=count - words,
        )
    if len(text) > (most := words * CHARACTERS_A_WORD):
        raise RuleViolation(
            N_("%(count)s characters are more than the %(limit)s allowed. Shorten it and save again. Nothing is lost."),
            field=field,
            count=len(text),
            limit=most,
        )


def refuse_bad_title(title: str) -> None:
    """Refuse a title that is empty, longer than `TITLE_CHARACTERS`, or more than one line."""
    if not title.strip():
        raise RuleViolation(N_("Give your proposal a title."), field="title")
    if len(title) > TITLE_CHARACTERS:
        raise RuleViolation(
            N_("%(count)s characters are more than the %(limit)s allowed. Shorten the title and save again."),
            field="title",
            count=len(title),
            limit=TITLE_CHARACTERS,
        )
    if len(title.splitlines()) > 1:
        raise RuleViolation(N_("The title has to fit on one line."), field="title")
