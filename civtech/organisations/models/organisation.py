"""Organisations: public bodies, companies and people with an idea."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, and_, func, select, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, joinedload, mapped_column, validates
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.strategy_options import _AbstractLoad

from civtech.core.alphabet import Folded, folded
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.organisations.events import (
    BecameCompany,
    MembershipEnded,
    MembershipFacts,
    MembershipGranted,
    OrganisationChanged,
    OrganisationCreated,
)
from civtech.organisations.models.admission import refuse_admission
from civtech.organisations.models.kinds import MEMBER_ROLES, CompanySize, IdentifierScheme, MemberRole, OrganisationKind
from civtech.organisations.models.name_keys import key_of
from civtech.organisations.models.naming import NAMED, changed, details_of, note_name
from civtech.organisations.models.numbering import (
    ONE_PER_NUMBER,
    Numbered,
    number_checked_in_sql,
    refuse_another_number,
)
from civtech.organisations.models.related import Related
from civtech.people.models.names import refuse_bad_name
from civtech.people.models.person import User, gives_rights

CAN_BE_PAID = f"(organisation.kind = 'company' AND {number_checked_in_sql()})"
"""SQL for guards: the same as `Organisation.can_be_paid`."""
ONE_OWNER_STAYS = N_("An organisation must have at least one owner. Invite another owner first.")


class Organisation(Numbered, Related, Versioned, Model):
    """An organisation that asks, answers or pays. Its legal name, for registers, and trading name are separate."""

    __tablename__ = "organisation"
    __table_args__ = (
        one_of("kind", OrganisationKind),
        one_of("size", CompanySize),
        one_of("identifier_scheme", IdentifierScheme),
        CheckConstraint("(identifier_scheme IS NULL) = (identifier_number IS NULL)", name="identifier_has_its_scheme"),
        CheckConstraint("kind <> 'public_body' OR size IS NULL", name="size_is_for_companies"),
        CheckConstraint("became_company_at IS NULL OR kind = 'company'", name="became_company_once_a_company"),
        CheckConstraint(
            "(number_accepted_by_id IS NULL) = (number_accepted_because IS NULL) AND "
            "(number_accepted_by_id IS NULL) = (number_accepted_at IS NULL)",
            name="number_accepted_by_with_a_reason_and_a_time",
        ),
        CheckConstraint(
            "number_accepted_by_id IS NULL OR identifier_number IS NOT NULL", name="accepted_number_is_there"
        ),
        CheckConstraint(
            "identifier_scheme <> 'GB-COH' OR length(identifier_number) = 8 OR number_accepted_by_id IS NOT NULL",
            name="company_number_has_8_characters",
        ),
        Index(
            "uq_organisation_number",
            "identifier_scheme",
            "identifier_number",
            unique=True,
            sqlite_where=text(ONE_PER_NUMBER),
            postgresql_where=text(ONE_PER_NUMBER),
        ),
        Index("ix_organisation_kind_legal_name", "kind", "legal_name"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(stored(OrganisationKind))
    legal_name: Mapped[str]
    trading_name: Mapped[str | None]
    name_key: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[Folded]
    trading_key: Mapped[str | None]
    size: Mapped[CompanySize | None] = mapped_column(stored(CompanySize))
    about: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    became_company_at: Mapped[datetime | None]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation")

    @classmethod
    def create(
        cls,
        *,
        kind: OrganisationKind,
        legal_name: str,
        by: User,
        at: datetime,
        trading_name: str | None = None,
        identifier_scheme: IdentifierScheme | None = None,
        identifier_number: str | None = None,
        size: CompanySize | None = None,
        about: str = "",
    ) -> "Organisation":
        """Create the organisation, with `by` as its owner. A public body starts empty: its first owner is invited."""
        organisation = cls(reference=new_reference("O"), kind=kind, size=size, about=about, created_at=at)
        organisation._call(legal_name, trading_name)
        organisation._take_number(identifier_scheme, identifier_number)
        db.session.add(organisation)
        note_name(organisation, at=at)
        emit(OrganisationCreated(subject=organisation, by=by, at=at, facts={"kind": kind.value}))
        if kind is not OrganisationKind.PUBLIC_BODY:
            organisation.admit(by, MemberRole.OWNER, by=by, at=at)
        return organisation

    @hybrid_property
    def name(self) -> str:
        """The name that people know."""
        return self.trading_name or self.legal_name

    @name.inplace.expression
    @classmethod
    def _name(cls) -> ColumnElement[str]:
        return func.coalesce(func.nullif(cls.trading_name, ""), cls.legal_name)

    @hybrid_property
    def can_be_paid(self) -> bool:
        """Whether money can go to it: it is a company with a number that passed its check or that staff accepted."""
        return self.kind is OrganisationKind.COMPANY and self.number_checked

    @can_be_paid.inplace.expression
    @classmethod
    def _can_be_paid(cls) -> ColumnElement[bool]:
        return and_(cls.kind == OrganisationKind.COMPANY, cls.number_checked)

    @property
    def roles(self) -> tuple[MemberRole, ...]:
        """The roles available in this kind of organisation."""
        return MEMBER_ROLES[self.kind]

    def admit(self, person: User, role: MemberRole, *, by: "User | None", at: datetime) -> "Membership":
        """Make `person` a member with `role`, unless a later package objects."""
        refuse_admission(person, self)
        membership = Membership(organisation=self, user=person, role=role, since=at)
        db.session.add(membership)
        emit(
            MembershipGranted(subject=self, by=by, at=at, facts={"person": person.reference, "role": role.value}),
        )
        return membership

    def end(self, membership: "Membership", *, by: User, at: datetime) -> None:
        """End a person's role. Their work stays with the organisation, which must keep at least one owner."""
        db.session.flush()
        db.session.refresh(self, ["version"], with_for_update=True)
        if membership.role is MemberRole.OWNER and self._owners() < 2:
            raise RuleViolation(ONE_OWNER_STAYS)
        person = membership.user
        membership.end(at=at)
        facts = MembershipFacts(person=person.reference, role=membership.role.value)
        emit(MembershipEnded(subject=self, by=by, at=at, facts=facts))

    def has_owner(self) -> bool:
        """Whether anyone owns it. If so, programme staff can no longer put people into its roles on their own."""
        return self._owners() > 0

    def _owners(self) -> int:
        owners = select(func.count()).where(
            Membership.organisation_id == self.id, Membership.role == MemberRole.OWNER, Membership.is_held()
        )
        return db.session.scalar(owners) or 0

    def change(
        self,
        *,
        legal_name: str,
        trading_name: str | None,
        identifier_scheme: IdentifierScheme | None,
        identifier_number: str | None,
        about: str,
        by: User,
        at: datetime,
    ) -> None:
        """Change the organisation's details. Once it has an agreement, only staff can change its number."""
        was = details_of(self)
        if self.identifier_number is not None and identifier_number != self.identifier_number:
            refuse_another_number(self)
        self._call(legal_name, trading_name)
        self._take_number(identifier_scheme, identifier_number)
        self.about = about
        facts = changed(self, was)
        if set(facts["fields"]) & set(NAMED):
            note_name(self, at=at)
        emit(OrganisationChanged(subject=self, by=by, at=at, facts=facts))

    def become_company(
        self,
        *,
        legal_name: str,
        trading_name: str | None,
        identifier_scheme: IdentifierScheme | None,
        identifier_number: str | None,
        by: User,
        at: datetime,
    ) -> None:
        """The person with an idea has founded a company, which keeps every proposal, agreement and right."""
        if self.kind is not OrganisationKind.INDIVIDUAL:
            raise WrongState(N_("This is no longer a person with an idea."))
        self._call(legal_name, trading_name)
        self._take_number(identifier_scheme, identifier_number)
        self.kind = OrganisationKind.COMPANY
        self.became_company_at = at
        note_name(self, at=at)
        emit(BecameCompany(subject=self, by=by, at=at))

    def was_company(self, at: datetime) -> bool:
        """Whether it was a company at `at`. What a person signed in their own name stays theirs, not the company's."""
        if self.became_company_at is not None:
            return at >= self.became_company_at
        return self.kind is OrganisationKind.COMPANY

    def _call(self, legal_name: str, trading_name: str | None) -> None:
        refuse_bad_name(legal_name, field="legal_name")
        if trading_name:
            refuse_bad_name(trading_name, field="trading_name")
        self.legal_name, self.trading_name = legal_name, trading_name

    @validates("legal_name", "trading_name")
    def _keep_key(self, field: str, name: str | None) -> str | None:
        """Keep, beside each name, the key used to compare names; beside the legal name also the one to sort by."""
        if field == "legal_name":
            self.name_key = key_of(name or "")
            self.sort_key = folded(name or "")
        else:
            self.trading_key = (key_of(name) or None) if name else None
        return name


class Membership(Model):
    """One person acting for one organisation in one role for a time. A person can have several.

    It is ended, never deleted: former team members are limited in what they may judge, open or pay.
    """

    __tablename__ = "membership"
    __table_args__ = (
        one_of("role", MemberRole),
        CheckConstraint("until >= since", name="ends_after_it_began"),
        Index(
            "uq_membership_held",
            "user_id",
            "organisation_id",
            "role",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[Identity]
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[MemberRole] = mapped_column(stored(MemberRole))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = required(back_populates="memberships")

    @classmethod
    def is_held(cls) -> ColumnElement[bool]:
        """Whether it has not ended. Queries about who acts for an organisation use it; those about the past do not."""
        return cls.until.is_(None)

    def end(self, *, at: datetime) -> None:
        """End it now. The row remains for questions about the past."""
        self.until = at
        held = [other for other in self.user.memberships if other is not self]
        set_committed_value(self.user, "memberships", held)


@gives_rights
def _memberships() -> _AbstractLoad:
    return joinedload(User.memberships).joinedload(Membership.organisation)
