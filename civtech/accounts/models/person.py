"""People, and the roles the programme gives them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from flask_security.core import UserMixin
from sqlalchemy import JSON, CursorResult, ForeignKey, UniqueConstraint, or_, update
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civtech.accounts.events import PersonRegistered, PersonRenamed, ProgrammeRoleGranted, SecondFactorRemoved
from civtech.accounts.models.kinds import MemberRole, OrganisationKind
from civtech.accounts.models.names import refuse_bad_name
from civtech.accounts.models.organisation import Membership, Organisation
from civtech.core.db import Identity, Model, db, one_of, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference, new_token
from civtech.core.state import State
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.accounts.models.passkey import Passkey


class ProgrammeRole(State):
    """What the programme trusts a person with. A role on one challenge or panel belongs to the package that owns it."""

    STAFF = "staff", N_("Programme staff")
    FINANCE = "finance", N_("Finance")
    AUDITOR = "auditor", N_("Auditor")
    ADMINISTRATOR = "administrator", N_("Administrator")


class GrantedRole(Model):
    """One programme role of one person."""

    __tablename__ = "granted_role"
    __table_args__ = (one_of("role", ProgrammeRole), UniqueConstraint("user_id", "role"))

    id: Mapped[Identity]
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[ProgrammeRole] = mapped_column(stored(ProgrammeRole))
    since: Mapped[datetime]


class User(UserMixin, Model):
    """A person who can sign in. Everything about them that is personal stays in this row, so that it can be erased."""

    __tablename__ = "person"
    is_authenticated = True

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    registered_at: Mapped[datetime]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON()))

    granted_roles: Mapped[list[GrantedRole]] = relationship(lazy="joined")
    memberships: Mapped[list[Membership]] = relationship(back_populates="user", lazy="joined")
    passkeys: Mapped[list["Passkey"]] = relationship(order_by="Passkey.id", cascade="all, delete-orphan")

    @classmethod
    def register(cls, *, name: str, email: str, at: datetime, **details: Any) -> "User":
        """Create a person; `details` are columns such as the password hash."""
        refuse_bad_name(name)
        person = cls(
            reference=new_reference("U"),
            fs_uniquifier=new_token(40),
            name=name,
            email=email.lower(),
            registered_at=at,
            **details,
        )
        db.session.add(person)
        emit(PersonRegistered(subject=person, by=person, at=at))
        return person

    def rename(self, name: str, *, by: "User", at: datetime) -> None:
        """Change the name that others see."""
        refuse_bad_name(name)
        self.name = name
        emit(PersonRenamed(subject=self, by=by, at=at))

    def use_code(self, counter: int) -> bool:
        """Spend the authenticator code of this time step; False when it, or a later one, was spent before.

        One statement, so that the same code cannot win twice at once (RFC 6238, section 5.2).
        """
        spent = db.session.execute(
            update(User)
            .where(User.id == self.id, or_(User.tf_last_counter.is_(None), User.tf_last_counter < counter))
            .values(tf_last_counter=counter)
        )
        return cast(CursorResult[Any], spent).rowcount == 1

    @property
    def is_confirmed(self) -> bool:
        """Whether the e-mail address is known to be theirs; before that the person may do nothing."""
        return self.confirmed_at is not None

    @property
    def has_authenticator(self) -> bool:
        """Whether the person has set up an app that shows codes."""
        return bool(self.tf_primary_method and self.tf_totp_secret)

    @property
    def has_second_factor(self) -> bool:
        """Whether a password alone does not let the person in."""
        return self.has_authenticator or bool(self.passkeys)

    @property
    def owes_second_factor(self) -> bool:
        """Whether what the person may do asks for more than a password: a programme role, or owning a company."""
        return bool(self.granted_roles) or any(
            held.role is MemberRole.OWNER and held.organisation.kind is OrganisationKind.COMPANY
            for held in self.memberships
        )

    def remove_second_factor(self, *, by: "User | None", at: datetime) -> None:
        """Let the person sign in with the password alone; the recovery codes and passkeys go too."""
        if not self.has_second_factor:
            raise RuleViolation(N_("This person has no second factor."))
        self.passkeys.clear()
        self.tf_primary_method = None
        self.tf_totp_secret = None
        self.mf_recovery_codes = None
        emit(SecondFactorRemoved(subject=self, by=by, at=at))

    def grant(self, role: ProgrammeRole, *, by: "User | None", at: datetime) -> None:
        """Give the person a programme role."""
        if self.has(role):
            raise RuleViolation(N_("This person already has this role."), field="role")
        self.granted_roles.append(GrantedRole(role=role, since=at))
        emit(ProgrammeRoleGranted(subject=self, by=by, at=at, facts={"role": role.value}))

    def has(self, *roles: ProgrammeRole) -> bool:
        """Whether the person holds any of these programme roles."""
        return any(granted.role in roles for granted in self.granted_roles)

    @property
    def is_staff(self) -> bool:
        return self.has(ProgrammeRole.STAFF)

    @property
    def is_finance(self) -> bool:
        return self.has(ProgrammeRole.FINANCE)

    @property
    def is_auditor(self) -> bool:
        return self.has(ProgrammeRole.AUDITOR)

    def acts_for(self, organisation: Organisation | int, *roles: MemberRole) -> bool:
        """Whether the person is a member of `organisation` (or its id), in one of `roles` if any are given."""
        wanted = organisation if isinstance(organisation, int) else organisation.id
        return any(
            membership.organisation_id == wanted and (not roles or membership.role in roles)
            for membership in self.memberships
        )

    def organisations(self, *kinds: OrganisationKind) -> list[Organisation]:
        """The organisations the person acts for, each once, by name."""
        found = {
            membership.organisation.id: membership.organisation
            for membership in self.memberships
            if not kinds or membership.organisation.kind in kinds
        }
        return sorted(found.values(), key=lambda organisation: (organisation.name, organisation.id))

    def organisation_ids(self, *roles: MemberRole) -> list[int]:
        """The ids of the organisations the person acts for, in one of `roles` if any are given."""
        return sorted({held.organisation_id for held in self.memberships if not roles or held.role in roles})
