"""The challenge: from a sponsor's draft to a published question that opens and closes by the clock."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.events import (
    ChallengeApproved,
    ChallengeCancelled,
    ChallengeDrafted,
    ChallengeMoved,
    ChallengeProposed,
    ChallengePublished,
    ChallengeRevised,
    ChallengeSentBack,
    DatesFacts,
    MovedFacts,
    SentBackFacts,
    SideFacts,
)
from civtech.challenges.models.brief import WORDS, WRITERS, Brief, Words, slug_of
from civtech.challenges.models.budget import StageBudget, carried_over
from civtech.challenges.models.cancellation import APPROVERS, AUTHORS, Cancellation, Side, require_reason
from civtech.challenges.models.checked_text import CHECKED, rights_are_clear
from civtech.challenges.models.sent_back import SentBack
from civtech.challenges.models.state import ChallengeState
from civtech.challenges.models.timetable import Timetable
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference, new_token
from civtech.core.text import N_, Text
from civtech.core.workflow import condition, transition
from civtech.organisations.models import Organisation
from civtech.people.models import Scope, ScopeKind, User
from civtech.programmes.models import Round, RoundState, Stage
from civtech.programmes.models.round import ROUND_CLOSED

if TYPE_CHECKING:
    from civtech.challenges.models.question import Question

REVISED = (*CHECKED, "revised_at", "revised_by_id")
PROPOSED = ("proposed_at", "proposed_by_id")
APPROVED = ("approved_at", "approved_by_id")
PUBLISHED = ("published_at", "published_by_id")
DATES = ("opens_at", "questions_close_at", "closes_at")
CANCELLED = ("cancelled_at", "cancelled_by_id", "cancelled_for")
CLOSED_ALREADY = N_("You can no longer cancel this challenge because it has closed.")


@condition(N_("The round is not open. You can only publish a challenge in an open round."))
def round_is_open(challenge: "Challenge", _at: datetime) -> bool:
    return challenge.round.state is RoundState.OPEN


@condition(ROUND_CLOSED)
def round_is_not_closed(challenge: "Challenge", _at: datetime) -> bool:
    return challenge.round.state is not RoundState.FINISHED


@condition(CLOSED_ALREADY)
def has_not_closed(challenge: "Challenge", at: datetime) -> bool:
    return challenge.closes_at is None or at < challenge.closes_at


class Challenge(Words, Timetable, Cancellation, Versioned, Model):
    """An open question from one public body, which is the buyer of record in every agreement under it."""

    __tablename__ = "challenge"
    __table_args__ = (
        one_of("state", ChallengeState),
        CheckConstraint("approved_by_id <> proposed_by_id", name="approver_is_another_person"),
        CheckConstraint(
            "state IN ('draft', 'proposed', 'cancelled') OR approved_by_id IS NOT NULL",
            name="approved_by_once_approved",
        ),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR proposed_by_id IS NOT NULL", name="proposed_by_once_proposed"
        ),
        CheckConstraint(
            "state <> 'published' OR (opens_at IS NOT NULL AND questions_close_at IS NOT NULL "
            "AND closes_at IS NOT NULL AND published_at IS NOT NULL)",
            name="published_with_its_dates",
        ),
        CheckConstraint(
            "state <> 'draft' OR (proposed_at IS NULL AND proposed_by_id IS NULL "
            "AND approved_at IS NULL AND approved_by_id IS NULL)",
            name="draft_is_neither_proposed_nor_approved",
        ),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("questions_close_at BETWEEN opens_at AND closes_at", name="questions_while_it_is_open"),
        CheckConstraint("state <> 'cancelled' OR message IS NOT NULL", name="cancelled_with_a_reason"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at_once_cancelled"),
        CheckConstraint("(state = 'cancelled') = (cancelled_by_id IS NOT NULL)", name="cancelled_by_once_cancelled"),
        CheckConstraint("(state = 'cancelled') = (cancelled_for IS NOT NULL)", name="cancelled_for_once_cancelled"),
        one_of("cancelled_for", Side),
        Index("ix_challenge_state_closes_at_id_opens_at", "state", "closes_at", "id", "opens_at"),
        Index("ix_challenge_state_opens_at_id", "state", "opens_at", "id"),
        Index("ix_challenge_round_id_state_closes_at_id_opens_at", "round_id", "state", "closes_at", "id", "opens_at"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    sponsor_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[ChallengeState] = mapped_column(stored(ChallengeState), default=ChallengeState.DRAFT)
    drafted_at: Mapped[datetime]
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    revised_at: Mapped[datetime | None]
    revised_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opens_at: Mapped[datetime | None]
    questions_close_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    message: Mapped[str | None]

    round: Mapped[Round] = required()
    sponsor: Mapped[Organisation] = required()
    budgets: Mapped[list[StageBudget]] = relationship(back_populates="challenge")
    questions: Mapped[list["Question"]] = relationship(back_populates="challenge")
    drafted_by: Mapped[User] = relationship(foreign_keys=drafted_by_id)
    revised_by: Mapped[User | None] = relationship(foreign_keys=revised_by_id)
    proposed_by: Mapped[User | None] = relationship(foreign_keys=proposed_by_id)
    approved_by: Mapped[User | None] = relationship(foreign_keys=approved_by_id)

    @classmethod
    def draft(
        cls,
        *,
        round: Round,  # noqa: A002
        sponsor: Organisation,
        brief: Brief,
        budgets: Mapping[Stage, int],
        by: User,
        at: datetime,
    ) -> "Challenge":
        """Start a challenge. `budgets` gives the pence excluding VAT for each funded stage."""
        round.join()
        challenge = cls(
            reference=new_reference("C"),
            slug=f"{slug_of(brief.question)}-{new_token(4).lower()}",
            round=round,
            sponsor=sponsor,
            state=ChallengeState.DRAFT,
            drafted_at=at,
            drafted_by_id=by.id,
        )
        challenge.write(brief, by)
        db.session.add(challenge)
        challenge._set_budgets(budgets)
        emit(ChallengeDrafted(subject=challenge, by=by, at=at, facts={"round": round.reference}))
        return challenge

    def _set_budgets(self, budgets: Mapping[Stage, int]) -> None:
        if not set(budgets) <= set(self.round.funded_stages):
            raise RuleViolation(N_("You can only set a budget for funded stages in this challenge’s round."))
        existing = {budget.stage.id: budget for budget in self.budgets}
        for stage, amount in budgets.items():
            if stage.id in existing:
                existing[stage.id].amount_pence = amount
            else:
                self.budgets.append(StageBudget(stage=stage, amount_pence=amount))

    @transition(ChallengeState.DRAFT, emits=ChallengeRevised, sets=(*WORDS, *WRITERS, *REVISED))
    def revise(self, *, brief: Brief, budgets: Mapping[Stage, int], by: User, at: datetime) -> None:
        """Change the text and the budget while it is a draft."""
        self.revised_by_id = by.id
        self.revised_at = at
        self.write(brief, by)
        self._set_budgets(budgets)

    def missing(self) -> Iterator[Text]:
        """The names of what must be written before it can be sent for approval."""
        for part in self.unwritten():
            yield Text(part.to_send)
        for stage in self.round.funded_stages:
            if not self.budget_for(stage):
                yield Text(N_("the budget for “%(stage)s”"), {"stage": stage.name})

    @transition(ChallengeState.DRAFT, emits=ChallengeMoved, sets=("round_id",))
    def move(self, *, to: Round, by: User, at: datetime) -> MovedFacts:
        """Move the draft to another round. It keeps a budget if the new round has a funded stage of the same kind."""
        if to.id == self.round_id:
            raise RuleViolation(N_("The draft is already in this round. Select another round."), field="round")
        to.join()
        before, side = self.round, Side.of(by, self.sponsor_id, *AUTHORS)
        kept, dropped = carried_over(self.budgets, to)
        self.round = to
        db.session.flush()
        for budget, stage in kept:
            budget.stage = stage
        for budget in dropped:
            db.session.delete(budget)
        db.session.flush()
        db.session.expire(self, ["budgets"])
        return {
            "side": side.value,
            "from_round": before.reference,
            "to": to.reference,
            "currency": before.currency,
            "kept_pence": {stage.key: budget.amount_pence for budget, stage in kept},
            "dropped_pence": {budget.stage.key: budget.amount_pence for budget in dropped},
        }

    @transition(
        ChallengeState.DRAFT,
        to=ChallengeState.PROPOSED,
        emits=ChallengeProposed,
        when=round_is_not_closed,
        sets=("message", *CHECKED, *PROPOSED),
    )
    def propose(self, *, by: User, at: datetime) -> None:
        """Send the draft for approval by someone else at the sponsor."""
        self.round.join()
        for missing in self.missing():
            raise RuleViolation(N_("Enter %(part)s before you send this draft for approval."), part=missing)
        self.check_words(self.texts())
        self.proposed_by_id = by.id
        self.proposed_at = at
        self.message = None

    @transition(
        ChallengeState.PROPOSED,
        to=ChallengeState.APPROVED,
        emits=ChallengeApproved,
        when=round_is_not_closed,
        sets=APPROVED,
    )
    def approve(self, *, by: User, at: datetime) -> None:
        """Approve it for the sponsor, as a different person from the one who sent it."""
        self.round.join()
        if by.id == self.proposed_by_id:
            raise RuleViolation(N_("Someone else at your organisation must approve this challenge."))
        self.approved_by_id = by.id
        self.approved_at = at

    @transition(
        ChallengeState.PROPOSED,
        ChallengeState.APPROVED,
        to=ChallengeState.DRAFT,
        emits=ChallengeSentBack,
        sets=("message", *PROPOSED, *APPROVED),
    )
    def send_back(self, *, message: str, by: User, at: datetime) -> SentBackFacts:
        """Return it to its authors with a message saying what is missing."""
        require_reason(message)
        side = Side.of(by, self.sponsor_id, *APPROVERS)
        self.message = message
        db.session.add(SentBack(challenge_id=self.id, at=at, message=message))
        self.proposed_at = self.proposed_by_id = self.approved_at = self.approved_by_id = None
        return {"side": side.value, "was": self.state.value}

    @transition(
        ChallengeState.APPROVED,
        to=ChallengeState.PUBLISHED,
        emits=ChallengePublished,
        when=(round_is_open, rights_are_clear),
        sets=(*PUBLISHED, *DATES),
    )
    def publish(
        self, *, opens_at: datetime, questions_close_at: datetime, closes_at: datetime, by: User, at: datetime
    ) -> DatesFacts:
        """Publish it with its dates. From then on it opens and closes by the clock. A past opening means now."""
        self.round.join()
        opens_at = max(opens_at, at)
        if opens_at >= closes_at:
            raise RuleViolation(N_("The closing time must be after the opening time."), field="closes_at")
        if closes_at <= at:
            raise RuleViolation(N_("The closing time must be in the future."), field="closes_at")
        if not opens_at <= questions_close_at <= closes_at:
            raise RuleViolation(
                N_("Questions must close between the opening time and the closing time."), field="questions_close_at"
            )
        self.published_by_id = by.id
        self.published_at = at
        self.opens_at = opens_at
        self.questions_close_at = questions_close_at
        self.closes_at = closes_at
        return {"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}

    @transition(
        ChallengeState.DRAFT,
        ChallengeState.PROPOSED,
        ChallengeState.APPROVED,
        ChallengeState.PUBLISHED,
        to=ChallengeState.CANCELLED,
        emits=ChallengeCancelled,
        when=has_not_closed,
        sets=("message", *CANCELLED),
    )
    def cancel(self, *, message: str, by: User, at: datetime) -> SideFacts:
        """Stop the challenge for good, with a reason, for the sponsor or the programme."""
        require_reason(message)
        side, person = Side.of(by, self.sponsor_id, *APPROVERS), by.id
        self.cancelled_at, self.cancelled_by_id, self.cancelled_for = at, person, side
        self.message = message
        return {"side": side.value}

    def budget_for(self, stage: Stage) -> int:
        """Pence excluding VAT set aside for `stage`."""
        return next((budget.amount_pence for budget in self.budgets if budget.stage_id == stage.id), 0)

    @property
    def scopes(self) -> frozenset[Scope]:
        """The scopes in which a role covers it: the challenge itself and its round."""
        return self.round.scopes | {Scope(ScopeKind.CHALLENGE, self.reference)}

    @property
    def budget_pence(self) -> int:
        """Pence excluding VAT set aside for all stages together."""
        return sum(budget.amount_pence for budget in self.budgets)
