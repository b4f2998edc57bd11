"""The opening: two named members of staff, after the deadline (Directive 2014/24 Annex IV (b), (e))."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.events import ChallengeFacts
from civtech.challenges.models import Challenge, Tie, has_tie
from civtech.challenges.models.guards import scopes_of
from civtech.challenges.models.involvement import tied_in_sql
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.deciding import decides
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.frozen import begins, frozen, moves
from civtech.core.guards import guard, kept, written
from civtech.core.references import new_reference
from civtech.core.sql_views import part
from civtech.core.state import State
from civtech.core.text import N_
from civtech.core.workflow import transition
from civtech.people.models import User
from civtech.people.models.guards import begun_by, only_by
from civtech.proposals.events import OpeningRefused, OpeningRequested, ProposalsOpened

NOT_BY_A_TEAM = N_("Someone who is, or was, in a team with a proposal for this challenge cannot open the proposals.")


class OpeningState(State):
    REQUESTED = "requested", N_("Waiting for confirmation by another member of staff"), "yellow"
    OPENED = "opened", N_("Opened"), "green"


class Opening(Versioned, Model):
    """The act that unseals a challenge's proposals: requested by one person, confirmed by another."""

    __tablename__ = "opening"
    __table_args__ = (
        one_of("state", OpeningState),
        CheckConstraint("confirmed_by_id <> requested_by_id", name="confirmed_by_another_person"),
        CheckConstraint("(state = 'opened') = (confirmed_by_id IS NOT NULL)", name="confirmed_once_opened"),
        CheckConstraint("(state = 'opened') = (opened_at IS NOT NULL)", name="opened_at_once_opened"),
        CheckConstraint("opened_at >= requested_at", name="opened_after_it_was_requested"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    state: Mapped[OpeningState] = mapped_column(stored(OpeningState), default=OpeningState.REQUESTED)
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    challenge: Mapped[Challenge] = required()
    requested_by: Mapped[User] = relationship(foreign_keys=requested_by_id)
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)

    @classmethod
    def request(cls, *, challenge: Challenge, by: User, at: datetime) -> "Opening":
        """Request the opening, once the deadline has passed."""
        refuse_early(challenge, by=by, at=at)
        opening = cls(
            reference=new_reference("N"),
            challenge=challenge,
            state=OpeningState.REQUESTED,
            requested_at=at,
            requested_by_id=by.id,
        )
        db.session.add(opening)
        emit(OpeningRequested(subject=opening, by=by, at=at, facts={"challenge": challenge.reference}))
        return opening

    @transition(
        OpeningState.REQUESTED, to=OpeningState.OPENED, emits=ProposalsOpened, sets=("opened_at", "confirmed_by_id")
    )
    def confirm(self, *, by: User, at: datetime) -> ChallengeFacts:
        """Open the proposals. Someone other than the person who requested the opening must confirm it."""
        self.refuse_alone(by=by, at=at)
        self.opened_at = at
        self.confirmed_by_id = by.id
        return {"challenge": self.challenge.reference}

    def refuse_alone(self, *, by: User, at: datetime) -> None:
        """Refuse the person who requested it, and record the attempt, whatever their page showed."""
        _refuse_teams(self.challenge, by, at)
        if by.id == self.requested_by_id:
            raise RuleViolation(
                N_("Another member of staff must confirm the opening."),
                recorded=OpeningRefused(subject=self, by=by, at=at),
            )


def refuse_early(challenge: Challenge, *, by: User, at: datetime) -> None:
    """Refuse a request before the deadline, and record the attempt, whatever the person's page showed."""
    _refuse_teams(challenge, by, at)
    refused = OpeningRefused(subject=challenge, by=by, at=at)
    if (ended := challenge.ended_because) is not None:
        raise WrongState(ended, recorded=refused)
    if not challenge.is_closed(at):
        raise WrongState(N_("Proposals stay sealed until the deadline has passed."), recorded=refused)


def _refuse_teams(challenge: Challenge, by: User, at: datetime) -> None:
    if has_tie(by, challenge.id, Tie.TEAM):
        raise RuleViolation(NOT_BY_A_TEAM, recorded=OpeningRefused(subject=challenge, by=by, at=at))


for _person in ("requested", "confirmed"):
    part(
        "involvement",
        f"SELECT opening.{_person}_by_id, opening.challenge_id, CAST(NULL AS BIGINT), 'opening' FROM opening "  # noqa: S608
        f"WHERE opening.{_person}_by_id IS NOT NULL",
    )

guard(
    "opening_is_requested_by_no_team",
    table="opening",
    on="INSERT",
    condition=tied_in_sql("NEW.requested_by_id", "NEW.challenge_id", Tie.TEAM),
    message=NOT_BY_A_TEAM,
)
guard(
    "opening_is_confirmed_by_no_team",
    table="opening",
    on="UPDATE",
    condition=f"{written('confirmed_by_id')} AND {tied_in_sql('NEW.confirmed_by_id', 'NEW.challenge_id', Tie.TEAM)}",
    message=NOT_BY_A_TEAM,
)
guard(
    "opening_waits_for_the_deadline",
    table="opening",
    on="INSERT",
    condition=(
        "NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id "
        "AND challenge.state = 'published' AND challenge.closes_at <= NEW.requested_at)"
    ),
    message=N_("Proposals stay sealed until the deadline has passed."),
)
begun_by(
    "staff",
    table="opening",
    person="requested_by_id",
    at="requested_at",
    within=scopes_of("NEW.challenge_id"),
    name="opening_is_requested_by_staff",
    message=N_("Only programme staff can open proposals."),
)
only_by(
    "staff",
    table="opening",
    person="confirmed_by_id",
    at="opened_at",
    within=scopes_of("NEW.challenge_id"),
    name="opening_is_confirmed_by_staff",
    message=N_("Only programme staff can open proposals."),
)
guard(
    "submission_comes_before_the_opening",
    table="submission",
    on="INSERT",
    condition=(
        "EXISTS (SELECT 1 FROM proposal JOIN opening ON opening.challenge_id = proposal.challenge_id "
        "WHERE proposal.id = NEW.proposal_id AND opening.state = 'opened')"
    ),
    message=N_("The proposals for this challenge have been opened. We can no longer receive submissions."),
)
begins(Opening, message=N_("One person asks for the opening and another confirms it."))
moves(Opening, message=N_("Proposals that were opened cannot be sealed again."))
frozen(Opening, message=N_("Who opened the proposals, and when, cannot be changed."))
kept("opening", N_("Openings are kept."))
decides(Opening)
