"""A challenge opens and closes by the clock: its dates alone decide its status at an instant."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from civtech.challenges.models.state import ChallengePhase, ChallengeState


class Timetable:
    """The dates of a published challenge. No job has to run for it to open or close."""

    state: Mapped[ChallengeState]
    published_at: Mapped[datetime | None]
    opens_at: Mapped[datetime | None]
    questions_close_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]

    def phase(self, at: datetime) -> ChallengePhase | None:
        """The public status at `at`, or None while it is not published."""
        if self.state is ChallengeState.CANCELLED:
            return ChallengePhase.CANCELLED if self.published_at else None
        if self.state is not ChallengeState.PUBLISHED or self.opens_at is None or self.closes_at is None:
            return None
        if at < self.opens_at:
            return ChallengePhase.SCHEDULED
        return ChallengePhase.OPEN if at < self.closes_at else ChallengePhase.CLOSED

    def is_open(self, at: datetime) -> bool:
        """Whether teams can submit proposals at `at`: from the opening instant on, before the closing one."""
        return self.phase(at) is ChallengePhase.OPEN

    def is_closed(self, at: datetime) -> bool:
        """Whether the deadline has passed at `at`."""
        return self.phase(at) is ChallengePhase.CLOSED

    def takes_questions(self, at: datetime) -> bool:
        """Whether people can ask a question at `at`."""
        return self.is_open(at) and self.questions_close_at is not None and at < self.questions_close_at
