"""The words of a challenge."""

import re
import unicodedata
from dataclasses import dataclass

from civtech.core.text import N_

PARTS = (
    ("question", N_("the question")),
    ("summary", N_("the summary")),
    ("need", N_("the need")),
    ("outcomes", N_("the outcomes")),
    ("adoption", N_("the route to adoption")),
)


@dataclass(frozen=True)
class Brief:
    """The words of a challenge, as a sponsor writes them."""

    question: str
    summary: str
    need: str
    outcomes: str
    constraints: str
    adoption: str


def slug_of(question: str) -> str:
    """The question as part of an address: `how-can-we-design-smart-roads`."""
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "challenge"
