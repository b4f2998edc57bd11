"""The release: a milestone's money, proposed by one person, approved by another, paid by finance."""

import re
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.models import ABOUT_STAFF, Known, consider, known
from civtech.core.blank import is_blank
from civtech.core.currency import InCurrency
from civtech.core.db import Identity, Model, Pence, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.facts import Amount, Fact
from civtech.core.histories import Audience
from civtech.core.references import new_reference
from civtech.core.state import State
from civtech.core.text import N_, Text
from civtech.core.workflow import condition, transition
from civtech.funding.events import (
    ReleaseApproved,
    ReleaseFacts,
    ReleasePaid,
    ReleaseProposed,
    ReleaseRefused,
    SettledFacts,
)
from civtech.funding.models.ledger_account import AccountKind, LedgerAccount
from civtech.funding.models.transfer import Transfer, TransferKind
from civtech.people.models import User
from civtech.rights.models import has_stake
from civtech.stages.models import Milestone, MilestoneState

BANK_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9/.+-]{4,33}[A-Z0-9]")
RIGHTS_FIRST = N_("No money can be committed, released or paid until both sides have accepted the rights statement.")
NUMBER_FIRST = N_(
    "No money can be released or paid until the company has a checked registration number. Programme staff can "
    "check it and accept it on the company’s page."
)
APPROVED_BY_YOU = N_("You approved this release, so someone else in finance must mark it as paid.")


class ReleaseState(State):
    PROPOSED = "proposed", N_("Waiting for approval by another member of staff"), "yellow"
    REFUSED = "refused", N_("Refused"), "red"
    APPROVED = "approved", N_("Released, not paid yet"), "light-blue"
    PAID = "paid", N_("Paid"), "green"


@condition(RIGHTS_FIRST)
def rights_are_accepted(release: "Release", _at: datetime) -> bool:
    return release.milestone.agreement.statement.is_accepted


@condition(NUMBER_FIRST)
def payee_can_be_paid(release: "Release", _at: datetime) -> bool:
    return release.milestone.agreement.company.can_be_paid


def payable(milestone: Milestone, amount_pence: int, vat_pence: int) -> Iterator[Fact]:
    """Yield what proposing, approving or paying a release binds: who gets how much for which milestone."""
    payee, currency = milestone.agreement.company, milestone.currency
    number = payee.number_shown
    named = Text(N_("%(name)s (%(number)s)"), {"name": payee.legal_name, "number": number})
    yield Fact("payee", Text(N_("Payee")), named if number else payee.legal_name)
    yield Fact("amount", Text(N_("Amount")), Amount(amount_pence, currency))
    yield Fact("vat", Text(N_("VAT")), Amount(vat_pence, currency, ex_vat=False))
    yield Fact("gross", Text(N_("Amount including VAT")), Amount(amount_pence + vat_pence, currency, ex_vat=False))
    yield Fact("milestone", Text(N_("Milestone")), milestone.title)


class Release(InCurrency, Versioned, Model):
    """The release of one milestone's amount. `amount_pence` excludes VAT, which is paid in addition.

    The proposer does not approve, the approver does not pay unless the round allows it, and the person who accepted the
    evidence does none of these. This counts people, not roles (SPFM counter-fraud: separation of functions). Members
    of the company and judges recused from the team take no part.
    """

    __tablename__ = "release"
    __table_args__ = (
        one_of("state", ReleaseState),
        CheckConstraint("amount_pence > 0", name="amount_is_positive"),
        CheckConstraint("vat_pence >= 0", name="vat_is_not_negative"),
        CheckConstraint("approved_by_id <> proposed_by_id", name="approver_is_another_person"),
        CheckConstraint("refused_by_id <> proposed_by_id", name="refused_by_another_person"),
        CheckConstraint(
            "(state IN ('approved', 'paid')) = (approved_by_id IS NOT NULL)", name="approved_by_once_approved"
        ),
        CheckConstraint(
            "(state IN ('approved', 'paid')) = (approved_at IS NOT NULL)", name="approved_at_once_approved"
        ),
        CheckConstraint("(state = 'refused') = (refused_by_id IS NOT NULL)", name="refused_by_once_refused"),
        CheckConstraint("(state = 'refused') = (refused_at IS NOT NULL)", name="refused_at_once_refused"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="reason_if_refused"),
        CheckConstraint("(state = 'paid') = (paid_by_id IS NOT NULL)", name="paid_by_once_paid"),
        CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name="paid_at_once_paid"),
        CheckConstraint("paid_by_id <> proposed_by_id", name="paid_by_another_person"),
        CheckConstraint("(state = 'paid') = (bank_reference IS NOT NULL)", name="bank_reference_once_paid"),
        CheckConstraint("length(bank_reference) BETWEEN 6 AND 35", name="bank_reference_has_its_length"),
        CheckConstraint("bank_reference = upper(bank_reference)", name="bank_reference_has_one_spelling"),
        CheckConstraint("approved_at >= proposed_at", name="approved_after_it_was_proposed"),
        CheckConstraint("paid_at >= approved_at", name="paid_after_it_was_approved"),
        Index(
            "uq_release_live_milestone_id",
            "milestone_id",
            unique=True,
            sqlite_where=text("state <> 'refused'"),
            postgresql_where=text("state <> 'refused'"),
        ),
        Index("ix_release_state", "state"),
        *(Index(f"ix_release_{act}_by_id", f"{act}_by_id") for act in ("proposed", "approved", "refused", "paid")),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), index=True)
    state: Mapped[ReleaseState] = mapped_column(stored(ReleaseState), default=ReleaseState.PROPOSED)
    amount_pence: Mapped[Pence]
    vat_pence: Mapped[Pence]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
    refused_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    bank_reference: Mapped[str | None] = mapped_column(unique=True)

    milestone: Mapped[Milestone] = required()
    proposed_by: Mapped[User] = required(foreign_keys=proposed_by_id)
    approved_by: Mapped[User | None] = relationship(foreign_keys=approved_by_id)
    refused_by: Mapped[User | None] = relationship(foreign_keys=refused_by_id)
    paid_by: Mapped[User | None] = relationship(foreign_keys=paid_by_id)

    @classmethod
    def propose(cls, *, milestone: Milestone, by: User, at: datetime, because: str = "") -> "Release":
        """Propose to release the milestone's amount, as one member of staff.

        `because` says why they can, despite what we know about them, here and when it is decided and paid.
        """
        if not milestone.agreement.statement.is_accepted:
            raise WrongState(RIGHTS_FIRST)
        if not milestone.agreement.company.can_be_paid:
            raise WrongState(NUMBER_FIRST)
        if milestone.state is not MilestoneState.ACCEPTED:
            raise WrongState(N_("The public body has not accepted the evidence yet."))
        if by.id == milestone.accepted_by_id:
            raise RuleViolation(N_("You accepted the evidence, so someone else must propose the release."))
        _refuse_conflicts(milestone, by)
        if db.session.scalar(select(cls.id).where(cls.milestone_id == milestone.id, cls.state != ReleaseState.REFUSED)):
            raise WrongState(N_("A release has already been proposed for this milestone."))
        known_so_far = known_of_payee(milestone, by.id)
        consider(known_so_far, milestone.agreement.challenge, because=because, by=by, at=at)
        release = cls(
            reference=new_reference("L"),
            milestone=milestone,
            state=ReleaseState.PROPOSED,
            amount_pence=milestone.amount_pence,
            vat_pence=milestone.vat_pence,
            proposed_at=at,
            proposed_by_id=by.id,
        )
        db.session.add(release)
        emit(ReleaseProposed(subject=release, by=by, at=at, facts=release._facts()))
        return release

    @property
    def settled_at(self) -> datetime | None:
        """When it was paid, or else approved or refused. From then on pages keep the names of that day."""
        return self.paid_at or self.approved_at or self.refused_at

    @property
    def gross_pence(self) -> int:
        """The total to pay: the amount including VAT."""
        return self.amount_pence + self.vat_pence

    def must_be_paid_by_another(self, person: User) -> bool:
        """Whether `person` cannot pay it because they approved it."""
        return self.milestone.agreement.challenge.round.payer_must_differ and person.id == self.approved_by_id

    def binds(self) -> Iterator[Fact]:
        """Yield what approval, refusal or payment binds."""
        return payable(self.milestone, self.amount_pence, self.vat_pence)

    def known(self, *acting: int) -> list[Known]:
        """What we know about the people who decided on it, and those with the ids `acting`, and the payee."""
        people = (self.proposed_by_id, self.approved_by_id, self.paid_by_id, *acting)
        return known_of_payee(self.milestone, *(each for each in people if each is not None))

    def _facts(self) -> ReleaseFacts:
        return {
            "milestone": self.milestone.reference,
            "agreement": self.milestone.agreement.reference,
            "amount_pence": self.amount_pence,
            "vat_pence": self.vat_pence,
            "currency": self.currency,
        }

    def _settled(self, by: User) -> SettledFacts:
        """The same, and whether programme staff or finance did it. We keep it, because people change their roles."""
        staff = by.is_staff_of(self.milestone.agreement.challenge) and self.state is not ReleaseState.PAID
        return {**self._facts(), "side": (Audience.PROGRAMME if staff else Audience.FINANCE).value}

    def _refuse_involved(self, by: User) -> None:
        if by.id == self.proposed_by_id:
            raise RuleViolation(N_("You proposed this release, so someone else must approve, refuse or pay it."))
        if by.id == self.milestone.accepted_by_id:
            raise RuleViolation(
                N_("You accepted the evidence, so someone else must approve, refuse or pay the release.")
            )
        _refuse_conflicts(self.milestone, by)

    @transition(
        ReleaseState.PROPOSED,
        to=ReleaseState.APPROVED,
        emits=ReleaseApproved,
        when=(rights_are_accepted, payee_can_be_paid),
        sets=("approved_at", "approved_by_id"),
    )
    def approve(self, *, by: User, at: datetime, because: str = "") -> SettledFacts:
        """Approve it, as someone other than the proposer. The amount moves from committed to released."""
        self._refuse_involved(by)
        consider(self.known(by.id), self.milestone.agreement.challenge, because=because, by=by, at=at)
        self.state = ReleaseState.APPROVED
        self.approved_at = at
        self.approved_by_id = by.id
        self._move(TransferKind.RELEASE, AccountKind.COMMITTED, AccountKind.RELEASED, by=by, at=at)
        return self._settled(by)

    @transition(
        ReleaseState.PROPOSED,
        to=ReleaseState.REFUSED,
        emits=ReleaseRefused,
        sets=("refused_at", "refused_by_id", "reason"),
    )
    def refuse(self, *, reason: str, by: User, at: datetime) -> SettledFacts:
        """Refuse it with a reason, as someone other than the proposer. Staff can then propose it again."""
        if is_blank(reason):
            raise RuleViolation(N_("Enter why you are refusing it."), field="reason")
        self._refuse_involved(by)
        self.reason = reason
        self.refused_at = at
        self.refused_by_id = by.id
        return self._settled(by)

    @transition(
        ReleaseState.APPROVED,
        to=ReleaseState.PAID,
        emits=ReleasePaid,
        when=(rights_are_accepted, payee_can_be_paid),
        sets=("paid_at", "paid_by_id", "bank_reference"),
    )
    def pay(self, *, bank_reference: str, by: User, at: datetime, because: str = "") -> SettledFacts:
        """Mark it as paid by finance, with a bank reference that no other payment has."""
        self._refuse_involved(by)
        if self.must_be_paid_by_another(by):
            raise RuleViolation(APPROVED_BY_YOU)
        reference = self._checked(bank_reference)
        consider(self.known(by.id), self.milestone.agreement.challenge, because=because, by=by, at=at)
        self.state = ReleaseState.PAID
        self.paid_at = at
        self.paid_by_id = by.id
        self.bank_reference = reference
        self._move(TransferKind.PAYMENT, AccountKind.RELEASED, AccountKind.PAID, by=by, at=at)
        return self._settled(by)

    def _checked(self, bank_reference: str) -> str:
        reference = "".join(bank_reference.split()).upper()
        if not BANK_REFERENCE.fullmatch(reference):
            raise RuleViolation(
                N_(
                    "The bank reference must be 6 to 35 characters, like BACS-2027-000118. Use only letters, "
                    "digits and the signs / . + and -."
                ),
                field="bank_reference",
            )
        if db.session.scalar(select(Release.id).where(Release.bank_reference == reference)):
            raise RuleViolation(
                N_("Another payment already has this bank reference. Enter the reference of this payment."),
                field="bank_reference",
            )
        return reference

    def _move(self, kind: TransferKind, debit: AccountKind, credit: AccountKind, *, by: User, at: datetime) -> None:
        db.session.flush()
        Transfer.move(
            kind,
            debit=LedgerAccount.of_milestone(debit, self.milestone),
            credit=LedgerAccount.of_milestone(credit, self.milestone),
            amount_pence=self.amount_pence,
            key=f"{kind}:{self.milestone.reference}",
            by=by,
            at=at,
        )


def _refuse_conflicts(milestone: Milestone, by: User) -> None:
    if has_stake(by, milestone.agreement.proposal):
        raise RuleViolation(
            N_("You have a conflict of interest with this team, so you cannot take part in its payments.")
        )


def known_of_payee(milestone: Milestone, *person_ids: int) -> list[Known]:
    """What we know about the people with these ids and the company that the milestone pays."""
    proposal = milestone.agreement.proposal
    return known(person_ids, proposal.challenge_id, ABOUT_STAFF, organisation_id=proposal.organisation_id)
