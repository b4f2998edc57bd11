"""Challenges of the world's sponsor."""

from typing import TYPE_CHECKING, Any

from civtech.challenges.models import Challenge, Question
from civtech.people.models import User
from tests.factories.challenges import BriefFactory, ChallengeFactory, QuestionFactory
from tests.factories.verbs import DAY

if TYPE_CHECKING:
    from tests.world.world import World


class Asking:
    """Makes more challenges; `words` are those of `BriefFactory`."""

    def drafted(self: "World", *, how: dict[str, Any] | None = None, **words: str) -> Challenge:
        """A draft by the author, twenty days ago, with the round's figures as budget."""
        said = {"round": self.round, "sponsor": self.body, "staff": self.staff, "approver": self.approver}
        made: Challenge = ChallengeFactory(
            **{**said, "brief": BriefFactory(**words), "by": self.author, "at": self.at - 20 * DAY, **(how or {})}
        )
        return made

    def put_forward(self: "World", **words: str) -> Challenge:
        """A draft sent for approval by its author."""
        return self.drafted(how={"proposed": True}, **words)

    def approved(self: "World", **words: str) -> Challenge:
        """A challenge approved by the approver."""
        return self.drafted(how={"approved": True}, **words)

    def published(self: "World", *, opens: float = -10, closes: float = 10, **words: str) -> Challenge:
        """A published challenge. It opens and closes so many days from `at`; questions close a day past the middle."""
        how = {
            "published": True,
            "opens_at": self.at + opens * DAY,
            "questions_close_at": self.at + (opens + closes) / 2 * DAY + DAY,
            "closes_at": self.at + closes * DAY,
            "published_at": min(self.at, self.at + opens * DAY) - DAY,
        }
        return self.drafted(how=how, **words)

    def asked(
        self: "World", challenge: Challenge | None = None, text: str = "Are there data?", *, by: User | None = None
    ) -> Question:
        """A question by the stranger, or by someone else, an hour ago."""
        made: Question = QuestionFactory(
            challenge=challenge or self.challenge, text=text, by=by or self.stranger, at=self.at - DAY / 24
        )
        return made
