"""The rights statement: intellectual property stays with the company, and the public side takes no equity."""

import hashlib
import json
from datetime import datetime
from typing import TypedDict

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.models import Challenge
from civtech.core.db import Identity, Model, Versioned, db, relationship, required
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.facts import Json, recorded
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.core.workflow import condition, transition
from civtech.organisations.models import Organisation
from civtech.organisations.policy import officer_of
from civtech.people.models import User
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal
from civtech.rights.events import (
    AcceptanceFacts,
    BackgroundItemListed,
    BackgroundItemRemoved,
    RightsAcceptedByBody,
    RightsAcceptedByCompany,
    RightsStatementDrawnUp,
    RightsStatementOffered,
    RightsStatementTakenBack,
)
from civtech.rights.models.accepting import accepted_terms, brings_into_force
from civtech.rights.models.background import BackgroundItem, BackgroundKind
from civtech.rights.models.conflict import has_stake
from civtech.rights.models.terms import DEFAULT_LICENCE, EQUITY, LICENCE, RightsState

ONLY_AN_OWNER = N_("Only an owner of the company can accept for it.")
SAME_TERMS = N_("The other side accepted different terms. Ask programme staff to check the agreement.")


class Accepted(TypedDict):
    """The facts of an acceptance, for the audit log."""

    digest: str
    terms: str
    brings_into_force: dict[str, Json]


@condition(N_("The stage agreement has not been offered yet, so there is nothing to accept."))
def is_offered(statement: "RightsStatement", _at: datetime) -> bool:
    return statement.offered_at is not None


@condition(N_("The rights statement has already been offered to both sides."))
def is_not_offered(statement: "RightsStatement", _at: datetime) -> bool:
    return statement.offered_at is None


@condition(N_("The company has already accepted this statement."))
def company_has_not_accepted(statement: "RightsStatement", _at: datetime) -> bool:
    return statement.company_accepted_at is None


@condition(N_("The public body has already accepted this statement."))
def body_has_not_accepted(statement: "RightsStatement", _at: datetime) -> bool:
    return statement.body_accepted_at is None


@condition(N_("One side has accepted the statement, so it cannot change."))
def no_one_has_accepted(statement: "RightsStatement", _at: datetime) -> bool:
    return statement.company_accepted_at is None and statement.body_accepted_at is None


class RightsStatement(Versioned, Model):
    """One statement for each team and stage. It cannot change once both sides accept it, and no money is paid before.

    Every term has its default value: the company owns what it brings and what it makes, the public body gets a plain
    licence, and equity is none. The database allows no other value. The statement is offered to both sides with its
    stage agreement. From then on the terms and the names of the parties are fixed. After the first acceptance the
    list of background IP is fixed too.
    """

    __tablename__ = "rights_statement"
    __table_args__ = (
        UniqueConstraint("proposal_id", "stage_id", "number"),
        CheckConstraint("foreground_owner = 'company'", name="company_owns_foreground"),
        *(CheckConstraint(f"{column} = 'none'", name=f"{column}_is_none") for column in EQUITY),
        CheckConstraint("offered_at >= drawn_up_at", name="offered_after_it_was_drawn_up"),
        *(
            CheckConstraint(
                f"({side}_accepted_at IS NULL) = ({side}_accepted_by_id IS NULL)",
                name=f"{side}_acceptance_has_a_person",
            )
            for side in ("company", "body")
        ),
        *(
            CheckConstraint(
                f"{side}_accepted_at IS NULL OR (offered_at IS NOT NULL AND {side}_accepted_at >= offered_at)",
                name=f"{side}_accepts_what_is_offered",
            )
            for side in ("company", "body")
        ),
        CheckConstraint("company_accepted_by_id <> body_accepted_by_id", name="two_sides_are_two_people"),
        CheckConstraint(
            "(company_accepted_at IS NULL OR body_accepted_at IS NULL) = (digest IS NULL)", name="digest_once_accepted"
        ),
        CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(default=1)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    drawn_up_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    listed_at: Mapped[datetime | None]
    company_name: Mapped[str]
    company_number: Mapped[str | None]
    public_body_name: Mapped[str]
    foreground_owner: Mapped[str] = mapped_column(default="company")
    licence_scope: Mapped[str]
    licence_field: Mapped[str]
    licence_territory: Mapped[str]
    licence_term: Mapped[str]
    licence_exclusive: Mapped[str]
    licence_royalty: Mapped[str]
    licence_sublicence: Mapped[str]
    public_stake: Mapped[str] = mapped_column(default="none")
    options: Mapped[str] = mapped_column(default="none")
    convertibles: Mapped[str] = mapped_column(default="none")
    loans: Mapped[str] = mapped_column(default="none")
    royalty_share: Mapped[str] = mapped_column(default="none")
    board_seat: Mapped[str] = mapped_column(default="none")
    company_accepted_at: Mapped[datetime | None]
    company_accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    company_accepted_name: Mapped[str | None]
    company_accepted_terms: Mapped[str | None]
    body_accepted_at: Mapped[datetime | None]
    body_accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    body_accepted_name: Mapped[str | None]
    body_accepted_terms: Mapped[str | None]
    digest: Mapped[str | None]

    proposal: Mapped[Proposal] = required()
    stage: Mapped[Stage] = required()
    background: Mapped[list[BackgroundItem]] = relationship(
        back_populates="statement", order_by=BackgroundItem.id, cascade="all, delete-orphan"
    )
    company_accepted_by: Mapped[User | None] = relationship(foreign_keys=company_accepted_by_id)
    body_accepted_by: Mapped[User | None] = relationship(foreign_keys=body_accepted_by_id)

    @classmethod
    def draw_up(cls, *, proposal: Proposal, stage: Stage, by: User, at: datetime) -> "RightsStatement":
        """Draft the statement of a team for a stage, with every term at its default."""
        statement = cls(
            reference=new_reference("S"),
            number=1,
            proposal=proposal,
            stage=stage,
            drawn_up_at=at,
            foreground_owner="company",
            **dict.fromkeys(EQUITY, "none"),
            **{f"licence_{term}": value for term, value in DEFAULT_LICENCE.items()},
        )
        statement._name_the_parties()
        db.session.add(statement)
        emit(
            RightsStatementDrawnUp(
                subject=statement, by=by, at=at, facts={"proposal": proposal.reference, "stage": stage.key}
            )
        )
        return statement

    def _name_the_parties(self) -> None:
        """Record the current names of both parties, so that renaming an organisation later changes no statement."""
        company = self.company
        self.company_name = company.legal_name
        self.company_number = (
            f"{company.identifier_scheme.value}-{company.identifier_number}" if company.identifier_scheme else None
        )
        self.public_body_name = self.public_body.legal_name

    @property
    def company(self) -> Organisation:
        return self.proposal.organisation

    @property
    def public_body(self) -> Organisation:
        return self.proposal.challenge.sponsor

    @property
    def challenge(self) -> Challenge:
        return self.proposal.challenge

    @property
    def is_accepted(self) -> bool:
        """Whether both sides have accepted."""
        return self.company_accepted_at is not None and self.body_accepted_at is not None

    @property
    def accepted_at(self) -> datetime | None:
        """When the second side accepted."""
        if self.company_accepted_at is None or self.body_accepted_at is None:
            return None
        return max(self.company_accepted_at, self.body_accepted_at)

    @property
    def state(self) -> RightsState:
        if self.is_accepted:
            return RightsState.ACCEPTED
        if self.offered_at is None:
            return RightsState.DRAWN_UP
        if self.company_accepted_at:
            return RightsState.WAITING_FOR_BODY
        return RightsState.WAITING_FOR_COMPANY if self.body_accepted_at else RightsState.WAITING_FOR_BOTH

    def terms(self) -> dict[str, object]:
        """Return everything both sides accept, without the name of any person. The digest is made from this."""
        return {
            "reference": self.reference,
            "number": self.number,
            "challenge": self.challenge.reference,
            "proposal": self.proposal.reference,
            "stage": self.stage.key,
            "company": self.company_name,
            "company_number": self.company_number,
            "public_body": self.public_body_name,
            "background": [
                {"kind": item.kind.value, "title": item.title, "owner": item.owner} for item in self.background
            ],
            "foreground_owner": self.foreground_owner,
            "licence": {term: getattr(self, f"licence_{term}") for term in LICENCE},
            "equity": {name: getattr(self, name) for name in EQUITY},
        }

    def canonical(self) -> str:
        """Return `terms()` as canonical JSON: sorted keys, no spaces, UTF-8."""
        return json.dumps(self.terms(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def compute_digest(self) -> str:
        """Return the SHA-256 of the canonical JSON of `terms()`."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    @transition(emits=RightsStatementOffered, when=is_not_offered)
    def offer(self, *, by: User, at: datetime) -> None:
        """Offer it to both sides with its stage agreement, under the parties' current names."""
        self._name_the_parties()
        self.offered_at = at

    @transition(emits=RightsStatementTakenBack, when=(is_offered, no_one_has_accepted))
    def take_back(self, *, by: User, at: datetime) -> None:
        """Withdraw the offer with its stage agreement, as long as neither side has accepted."""
        self.offered_at = None

    @transition(emits=BackgroundItemListed, when=no_one_has_accepted)
    def list_background(self, *, kind: BackgroundKind, title: str, owner: str, by: User, at: datetime) -> None:
        """List something that existed before the stage."""
        self.background.append(BackgroundItem(kind=kind, title=title, owner=owner))
        self.listed_at = at

    @transition(emits=BackgroundItemRemoved, when=no_one_has_accepted)
    def remove_background(self, *, item_id: int, by: User, at: datetime) -> None:
        """Remove an item from the list."""
        item = next((item for item in self.background if item.id == item_id), None)
        if item is None:
            raise WrongState(N_("This item is no longer on the list."))
        self.background.remove(item)
        self.listed_at = at

    @transition(emits=RightsAcceptedByCompany, when=(is_offered, company_has_not_accepted))
    def accept_for_company(self, *, by: User, at: datetime) -> AcceptanceFacts:
        """Record that an officer of the company accepts."""
        if not officer_of(by, self.company):
            raise RuleViolation(ONLY_AN_OWNER)
        if by.id == self.body_accepted_by_id:
            raise RuleViolation(N_("You accepted for the public body, so someone else must accept for the company."))
        self.company_accepted_terms, facts = self._to_accept(after=self.body_accepted_terms)
        self.company_accepted_at = at
        self.company_accepted_by_id, self.company_accepted_name = by.id, by.name
        if self.is_accepted:
            self.digest = facts["digest"]
        return facts

    @transition(emits=RightsAcceptedByBody, when=(is_offered, body_has_not_accepted))
    def accept_for_body(self, *, by: User, at: datetime) -> AcceptanceFacts:
        """Record that an officer of the public body accepts. The officer must have no stake in the team."""
        if not officer_of(by, self.public_body):
            raise RuleViolation(N_("Only an owner or approver of the public body can accept for it."))
        if has_stake(by, self.proposal) or by.id == self.company_accepted_by_id:
            raise RuleViolation(N_("You have a conflict of interest, so someone else must accept for the public body."))
        self.body_accepted_terms, facts = self._to_accept(after=self.company_accepted_terms)
        self.body_accepted_at = at
        self.body_accepted_by_id, self.body_accepted_name = by.id, by.name
        if self.is_accepted:
            self.digest = facts["digest"]
        return facts

    def _to_accept(self, *, after: str | None) -> tuple[str, AcceptanceFacts]:
        """Return the digest of everything acceptance binds, which must match the other side's, and the facts to log."""
        terms = accepted_terms(self)
        if after not in (None, terms):
            raise WrongState(SAME_TERMS)
        bound = recorded(brings_into_force(self))
        return terms, {"digest": self.compute_digest(), "terms": terms, "brings_into_force": bound}
