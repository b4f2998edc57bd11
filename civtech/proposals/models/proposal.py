"""The proposal: a team's answer to a challenge."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.events import ChallengeFacts
from civtech.challenges.models import Challenge
from civtech.core.blank import is_blank
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import NotFound, RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.text import N_, Text
from civtech.core.workflow import transition
from civtech.organisations.models import Organisation, OrganisationKind
from civtech.people.models import User
from civtech.proposals.events import (
    ProposalStarted,
    ProposalSubmitted,
    ProposalWithdrawn,
    SectionFacts,
    SectionWritten,
    SubmissionFacts,
)
from civtech.proposals.models import parts
from civtech.proposals.models.interests import refuse_interested
from civtech.proposals.models.limits import refuse_unfit
from civtech.proposals.models.parts import DRAFT, Step, Words, Written
from civtech.proposals.models.section import Section
from civtech.proposals.models.submission import Submission, digest_of
from civtech.proposals.models.window import ProposalState, before_the_deadline, received_in_time

if TYPE_CHECKING:
    from civtech.proposals.models.opening import Opening

DECLARATION = N_(
    "The team may make this offer. What it describes is the team’s own to offer, or the team has the right to use it."
)


class Proposal(Words, Versioned, Model):
    """One team's answer to one challenge.

    The sections and the `draft_` columns of `Words` are the team's working copy. What counts is the latest
    `Submission`: `title` and `summary` repeat its title and summary for everyone allowed to read them. No one outside
    the team can read any of it before the deadline and the opening.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("state", ProposalState),
        CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted_at_once_submitted"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_at_once_withdrawn"),
        CheckConstraint("withdrawn_at >= submitted_at", name="withdrawn_after_it_was_submitted"),
        UniqueConstraint("challenge_id", "organisation_id", "number"),
        Index("ix_proposal_challenge_id_state", "challenge_id", "state"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[ProposalState] = mapped_column(stored(ProposalState), default=ProposalState.DRAFT)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    started_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    challenge: Mapped[Challenge] = required()
    organisation: Mapped[Organisation] = required()
    opening: Mapped["Opening | None"] = relationship(
        primaryjoin="foreign(Opening.challenge_id) == Proposal.challenge_id", viewonly=True, uselist=False
    )
    sections: Mapped[list["Section"]] = relationship(order_by="Section.position", back_populates="proposal")
    submissions: Mapped[list[Submission]] = relationship(order_by=Submission.number, back_populates="proposal")

    @classmethod
    def start(
        cls, *, challenge: Challenge, organisation: Organisation, title: str, by: User, at: datetime, number: int = 1
    ) -> "Proposal":
        """Start an answer for a company, or for a person with an idea. The people who ask the question cannot."""
        if organisation.kind is OrganisationKind.PUBLIC_BODY:
            raise RuleViolation(N_("A public body cannot answer a challenge."), field="organisation")
        refuse_interested(by, organisation.id, challenge)
        if (ended := challenge.ended_because) is not None:
            raise WrongState(ended)
        if not challenge.is_open(at):
            raise WrongState(N_("This challenge is not open for proposals at the moment."))
        _refuse_unfit({"title": title})
        _refuse_second(challenge, organisation, number)
        proposal = cls(
            reference=new_reference("P"),
            challenge=challenge,
            organisation=organisation,
            number=number,
            state=ProposalState.DRAFT,
            title=title,
            draft_title=title,
            started_at=at,
            started_by_id=by.id,
        )
        proposal.sections = [
            Section(position=position, key=template.key, body="")
            for position, template in enumerate(challenge.round.pathway.sections, start=1)
        ]
        db.session.add(proposal)
        emit(ProposalStarted(subject=proposal, by=by, at=at, facts={"challenge": challenge.reference}))
        return proposal

    @transition(
        ProposalState.DRAFT,
        ProposalState.SUBMITTED,
        ProposalState.WITHDRAWN,
        emits=SectionWritten,
        when=before_the_deadline,
    )
    def write(self, *, key: str, body: str, by: User, at: datetime) -> SectionFacts:
        """Write one section of the working copy. This does not change a submission."""
        self.section(key).write(body, by=by, at=at)
        return {"section": key}

    @transition(
        ProposalState.DRAFT,
        ProposalState.SUBMITTED,
        ProposalState.WITHDRAWN,
        emits=SectionWritten,
        when=before_the_deadline,
        sets=("draft_title", "draft_summary"),
    )
    def describe(self, /, *, by: User, at: datetime, **words: str) -> SectionFacts:
        """Write the parts that every proposal has, each by its key. They are published only if it is funded."""
        _refuse_unfit(words)
        for key, text in words.items():
            setattr(self, DRAFT + key, "" if is_blank(text) else text)
        if not self.submissions:
            self.title = self.draft_title
            self.summary = self.draft_summary
        return {"section": "summary"}

    @transition(
        ProposalState.DRAFT,
        ProposalState.SUBMITTED,
        ProposalState.WITHDRAWN,
        to=ProposalState.SUBMITTED,
        emits=ProposalSubmitted,
        when=received_in_time,
        sets=("title", "summary", "submitted_at", "withdrawn_at"),
    )
    def submit(self, *, by: User, at: datetime) -> SubmissionFacts:
        """Submit, or replace the last submission. Outside the window we refuse it and record the attempt.

        Submitting makes the `DECLARATION`, which is part of the submission. `at` is the instant of complete receipt.
        """
        refuse_interested(by, self.organisation_id, self.challenge)
        if missing := self.missing():
            raise RuleViolation(N_("Finish “%(section)s” before you submit."), section=Text(missing[0]))
        content = {
            "reference": self.reference,
            "challenge": self.challenge.reference,
            "number": len(self.submissions) + 1,
            "received_at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "declaration": DECLARATION,
            **self._offered_by(),
            **self.words(),
        }
        received = Submission(
            number=content["number"],
            received_at=at,
            submitted_by_id=by.id,
            content=content,
            digest=digest_of(content),
        )
        self.submissions.append(received)
        db.session.flush()
        self.title = self.draft_title
        self.summary = self.draft_summary
        self.submitted_at = at
        self.withdrawn_at = None
        return {"challenge": self.challenge.reference, "number": received.number, "digest": received.digest}

    @transition(
        ProposalState.SUBMITTED,
        to=ProposalState.WITHDRAWN,
        emits=ProposalWithdrawn,
        when=before_the_deadline,
        sets=("withdrawn_at",),
    )
    def withdraw(self, *, by: User, at: datetime) -> ChallengeFacts:
        """Withdraw before the deadline. The text is kept and can be submitted again."""
        self.withdrawn_at = at
        return {"challenge": self.challenge.reference}

    def _offered_by(self) -> dict[str, str]:
        """Who offers it, with their name of the day. A person with an idea is not named in what is kept for ever."""
        if self.organisation.kind is OrganisationKind.INDIVIDUAL:
            return {}
        number = self.organisation.identifier_number
        return {"organisation": self.organisation.legal_name, **({"organisation_number": number} if number else {})}

    def section(self, key: str) -> Section:
        """The section of the working copy with this key. Raises `NotFound` if there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise NotFound

    def steps(self) -> list[Step]:
        """What the team writes, one step for each page."""
        head = Step(N_("Title and summary"), tuple(parts.head_of(self)))
        sections = ((section, section.part) for section in self.sections)
        return [head, *(Step(part.label, ((part, section.body),), section) for section, part in sections)]

    def missing(self) -> list[str]:
        """Titles of the steps that must still be written."""
        return [step.title for step in self.steps() if step.is_missing]

    def written(self) -> list[Written]:
        """The working copy, part by part."""
        return [written for step in self.steps() for written in step.written]

    def words(self) -> dict[str, object]:
        """The working copy as a submission would contain it."""
        return {"parts": [vars(each) for each in self.written()]}

    @property
    def ended_because(self) -> Text | None:
        """Why nothing more can be done with it, if its challenge was cancelled."""
        return self.challenge.ended_because

    @property
    def received(self) -> Submission | None:
        """What counts: the latest submission, unless it was withdrawn."""
        return self.submissions[-1] if self.submissions and self.state is ProposalState.SUBMITTED else None

    @property
    def has_unsubmitted_changes(self) -> bool:
        """Whether the team has changed the text since submitting, or written a part that was added since."""
        if self.received is None:
            return False
        received = {(part.key, part.body) for part in self.received.parts}
        asked = {key for key, _body in received}
        return any(
            (part.key, part.body) not in received and (part.key in asked or not is_blank(part.body))
            for part in self.written()
        )


SAME_NUMBER = select(Proposal.reference).where(
    Proposal.challenge_id == bindparam("challenge"),
    Proposal.organisation_id == bindparam("organisation"),
    Proposal.number == bindparam("number"),
)


def _refuse_unfit(words: dict[str, str]) -> None:
    """Refuse text that cannot be saved. `words` has the keys of the parts that every proposal has."""
    declared = {part.key: part for part in parts.HEAD}
    for key, text in words.items():
        refuse_unfit(declared[key], text, field=key)


def _refuse_second(challenge: Challenge, organisation: Organisation, number: int) -> None:
    """Refuse a second answer by the same organisation with the same number. The database decides a race."""
    key = {"challenge": challenge.id, "organisation": organisation.id, "number": number}
    with db.session.no_autoflush:
        earlier = db.session.scalar(SAME_NUMBER, key)
    if earlier is not None:
        raise RuleViolation(
            N_(
                "%(organisation)s already has a proposal for this challenge: %(reference)s. Open it and continue there."
            ),
            field="organisation",
            organisation=organisation.name,
            reference=earlier,
        )
