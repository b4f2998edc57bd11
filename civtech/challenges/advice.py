"""Advice for authors before they send a challenge for approval. It never refuses: a person decides."""

import re
from collections.abc import Iterator

from civtech.challenges.models import PARTS, Brief
from civtech.challenges.models.rights_words import phrases_in
from civtech.core.text import N_, Text

LONG_QUESTION = 160
OPENINGS = ("how can we", "how could we", "how might we", "how do we")
SOLUTION = re.compile(
    r"\b(apps?|applications?|websites?|web ?sites?|portals?|platforms?|software|dashboards?|chat ?bots?|databases?"
    r"|block ?chain|machine learning|artificial intelligence|AI|drones?|robots?|sensors?|CRM|ERP|SaaS|APIs?)\b"
    r"|\b(procure|purchase|install|roll out) an?\b",
    re.IGNORECASE,
)


NAMES = {part.key: part.name for part in PARTS}


def rights_advice(brief: Brief) -> Iterator[Text]:
    """Name the phrases in any part of the text that may move IP or equity away from the company."""
    for phrase in phrases_in((part.key, getattr(brief, part.key)) for part in PARTS):
        yield Text(N_("“%(part)s” says “%(phrase)s”."), {"part": NAMES[phrase.part], "phrase": phrase.words})


def advice(brief: Brief) -> Iterator[Text]:
    """Warn if the question is not an open question, or if a text names a solution instead of a need."""
    question = brief.question.strip()
    if not question.endswith("?"):
        yield Text(N_("The headline is not a question. Try starting it with “How can we …?”."))
    elif not question.casefold().startswith(OPENINGS):
        yield Text(N_("An open question usually starts with “How can we …?”. This one starts differently."))
    if len(question) > LONG_QUESTION:
        yield Text(N_("The question is long. A shorter question is easier to remember."))
    for words, where in (
        (brief.question, N_("question")),
        (brief.summary, N_("summary")),
        (brief.outcomes, N_("outcome description")),
    ):
        if named := sorted({match[0].casefold() for match in SOLUTION.finditer(words)}):
            yield Text(
                N_(
                    "The %(where)s may name a solution (%(named)s). Describe what should improve, and let "
                    "teams propose how."
                ),
                {"where": Text(where), "named": ", ".join(named)},
            )
