"""Organisations: public bodies, companies, and single persons with an idea."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civtech.accounts.events import MembershipEnded, MembershipGranted, OrganisationChanged, OrganisationCreated
from civtech.accounts.models import identifiers
from civtech.accounts.models.kinds import (
    MEMBER_ROLES,
    CompanySize,
    IdentifierScheme,
    MemberRole,
    OrganisationKind,
)
from civtech.accounts.models.names import refuse_bad_name
from civtech.core.db import Identity, Model, Versioned, db, one_of, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.accounts.models.person import User


ONE_OWNER_STAYS = N_("Somebody has to own this: invite another owner first.")


class Organisation(Versioned, Model):
    """Who asks, answers or pays. Legal and trading name are kept apart: registers and people know different ones."""

    __tablename__ = "organisation"
    __table_args__ = (
        one_of("kind", OrganisationKind),
        one_of("size", CompanySize),
        one_of("identifier_scheme", IdentifierScheme),
        CheckConstraint("(identifier_scheme IS NULL) = (identifier_number IS NULL)", name="identifier_has_its_scheme"),
        CheckConstraint("kind <> 'public_body' OR size IS NULL", name="size_is_for_companies"),
        UniqueConstraint("identifier_scheme", "identifier_number"),
        Index("ix_organisation_kind_legal_name", "kind", "legal_name"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(stored(OrganisationKind))
    legal_name: Mapped[str]
    trading_name: Mapped[str | None]
    identifier_scheme: Mapped[IdentifierScheme | None] = mapped_column(stored(IdentifierScheme))
    identifier_number: Mapped[str | None]
    size: Mapped[CompanySize | None] = mapped_column(stored(CompanySize))
    about: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation", lazy="raise_on_sql")

    @classmethod
    def create(
        cls,
        *,
        kind: OrganisationKind,
        legal_name: str,
        by: "User",
        at: datetime,
        trading_name: str | None = None,
        identifier_scheme: IdentifierScheme | None = None,
        identifier_number: str | None = None,
        size: CompanySize | None = None,
        about: str = "",
    ) -> "Organisation":
        """Create the organisation, owned by `by`. A public body has nobody yet: its first owner is invited."""
        _refuse_bad_names(legal_name, trading_name)
        identifier_number = identifiers.checked(identifier_scheme, identifier_number)
        _refuse_known(identifier_scheme, identifier_number)
        organisation = cls(
            reference=new_reference("O"),
            kind=kind,
            legal_name=legal_name,
            trading_name=trading_name,
            identifier_scheme=identifier_scheme,
            identifier_number=identifier_number,
            size=size,
            about=about,
            created_at=at,
        )
        db.session.add(organisation)
        emit(OrganisationCreated(subject=organisation, by=by, at=at, facts={"kind": kind.value}))
        if kind is not OrganisationKind.PUBLIC_BODY:
            organisation.admit(by, MemberRole.OWNER, by=by, at=at)
        return organisation

    @property
    def name(self) -> str:
        """The name people know it by."""
        return self.trading_name or self.legal_name

    @property
    def roles(self) -> tuple[MemberRole, ...]:
        """The roles that people hold here."""
        return MEMBER_ROLES[self.kind]

    def admit(self, person: "User", role: MemberRole, *, by: "User | None", at: datetime) -> "Membership":
        """Make `person` a member with `role`."""
        membership = Membership(organisation=self, user=person, role=role, since=at)
        db.session.add(membership)
        emit(
            MembershipGranted(subject=self, by=by, at=at, facts={"person": person.reference, "role": role.value}),
        )
        return membership

    def end(self, membership: "Membership", *, by: "User", at: datetime) -> None:
        """Take a role away, or give up one's own. The work stays with the organisation; so does at least one owner."""
        db.session.flush()
        db.session.refresh(self, ["version"], with_for_update=True)
        if membership.role is MemberRole.OWNER and self._owners() < 2:
            raise RuleViolation(ONE_OWNER_STAYS)
        person = membership.user
        person.memberships.remove(membership)
        db.session.delete(membership)
        facts = {"person": person.reference, "role": membership.role.value}
        emit(MembershipEnded(subject=self, by=by, at=at, facts=facts))

    def _owners(self) -> int:
        owners = select(func.count()).where(Membership.organisation_id == self.id, Membership.role == MemberRole.OWNER)
        return db.session.scalar(owners) or 0

    def change(
        self,
        *,
        legal_name: str,
        trading_name: str | None,
        identifier_scheme: IdentifierScheme | None,
        identifier_number: str | None,
        size: CompanySize | None,
        about: str,
        by: "User",
        at: datetime,
    ) -> None:
        """Correct what is said about the organisation."""
        _refuse_bad_names(legal_name, trading_name)
        identifier_number = identifiers.checked(identifier_scheme, identifier_number)
        _refuse_known(identifier_scheme, identifier_number, but=self)
        self.legal_name = legal_name
        self.trading_name = trading_name
        self.identifier_scheme = identifier_scheme
        self.identifier_number = identifier_number
        self.size = size
        self.about = about
        emit(OrganisationChanged(subject=self, by=by, at=at))


class Membership(Model):
    """One person acting for one organisation in one role; a person may hold several."""

    __tablename__ = "membership"
    __table_args__ = (one_of("role", MemberRole), UniqueConstraint("user_id", "organisation_id", "role"))

    id: Mapped[Identity]
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[MemberRole] = mapped_column(stored(MemberRole))
    since: Mapped[datetime]

    user: Mapped["User"] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships", lazy="joined", innerjoin=True)


def _refuse_bad_names(legal_name: str, trading_name: str | None) -> None:
    refuse_bad_name(legal_name, field="legal_name")
    refuse_bad_name(trading_name or "", field="trading_name")


def _refuse_known(scheme: IdentifierScheme | None, number: str | None, *, but: Organisation | None = None) -> None:
    """Refuse a number that another organisation has; a race is decided by the database."""
    if number is None:
        return
    with db.session.no_autoflush:
        holder = db.session.scalar(
            select(Organisation.id).where(
                Organisation.identifier_scheme == scheme, Organisation.identifier_number == number
            )
        )
    if holder is not None and (but is None or holder != but.id):
        raise RuleViolation(
            N_("An organisation with this number is here already. Ask its owner to add you."),
            field="identifier_number",
        )
