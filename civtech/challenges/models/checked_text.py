"""What the check of a challenge's text found, and whether the text can be published."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from civtech.challenges.models.rights_check import LIVE, RightsCheck, RightsCheckKind, RightsCheckState
from civtech.challenges.models.rights_words import phrases_in
from civtech.core.db import relationship
from civtech.core.facts import Fact, digest_of
from civtech.core.text import N_, Text
from civtech.core.workflow import condition

RIGHTS_NOT_CLEAR = N_("Staff must first check what this challenge says about intellectual property and equity.")
CHECKED = ("text_digest", "phrases_found", "strong_phrases")


class CheckedText:
    """The outcome of the check, saved with the text that was checked, and the record that staff made about it."""

    text_digest: Mapped[str] = mapped_column(default="")
    """Which text was checked. A record of staff holds for one digest."""
    phrases_found: Mapped[int] = mapped_column(default=0)
    """How many of its phrases may move IP or equity."""
    strong_phrases: Mapped[int] = mapped_column(default=0)
    """How many of those say that something is assigned, or name shares. Two members of staff look at them."""

    @declared_attr
    @classmethod
    def rights_check(cls) -> Mapped[RightsCheck | None]:
        """The record about the current text that has not been refused or withdrawn."""
        live = ", ".join(f"'{state.value}'" for state in LIVE)
        return relationship(
            primaryjoin=(
                "and_(foreign(RightsCheck.challenge_id) == Challenge.id, "
                f"RightsCheck.text_digest == Challenge.text_digest, RightsCheck.state.in_([{live}]))"
            ),
            viewonly=True,
            uselist=False,
        )

    def check_words(self, texts: Iterable[tuple[str, str]]) -> None:
        """Look for phrases in the text, given as (key, words). A record about another text no longer counts."""
        parts = list(texts)
        digest = digest_of([Fact(key, Text(key), words) for key, words in parts])
        if digest != self.text_digest:
            set_committed_value(self, "rights_check", None)
        self.text_digest = digest
        phrases = phrases_in(parts)
        self.phrases_found = len(phrases)
        self.strong_phrases = sum(phrase.is_strong for phrase in phrases)

    def needs_another(self, kind: RightsCheckKind) -> bool:
        """Whether another member of staff must approve a record of this kind about the current text."""
        return kind is RightsCheckKind.EXCEPTION or self.strong_phrases > 0

    @property
    def rights_are_clear(self) -> bool:
        """Whether its text moves no IP or equity, as far as we know, or only by an approved exception."""
        if (check := self.rights_check) is None:
            return not self.phrases_found
        return check.state is RightsCheckState.APPROVED or not self.needs_another(check.kind)

    @property
    def exception(self) -> RightsCheck | None:
        """The approved exception to the rights rule, which everyone can read."""
        check = self.rights_check
        return check if check and check.kind is RightsCheckKind.EXCEPTION and self.rights_are_clear else None


@condition(RIGHTS_NOT_CLEAR)
def rights_are_clear(text: CheckedText, _at: datetime) -> bool:
    return text.rights_are_clear
