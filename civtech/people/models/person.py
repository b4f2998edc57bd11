"""People: who can sign in, and what the roles from later packages allow them to do."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, ClassVar, cast

from flask_security.core import UserMixin
from sqlalchemy import JSON, CursorResult, Index, Select, or_, select, text, update
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, validates
from sqlalchemy.orm.strategy_options import _AbstractLoad

from civtech.core import clock
from civtech.core.alphabet import Folded, folded
from civtech.core.db import Identity, Model, db, relationship
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference, new_token
from civtech.core.text import N_
from civtech.people.events import (
    AccountDeactivated,
    AccountReactivated,
    PersonRegistered,
    PersonRenamed,
    SecondFactorRemoved,
)
from civtech.people.models.addresses import domain_in_sql
from civtech.people.models.names import refuse_bad_name
from civtech.people.models.programme_role import ProgrammeRole
from civtech.people.models.scope import Reach, Scoped

if TYPE_CHECKING:
    from civtech.organisations.models import MemberRole, Membership, Organisation, OrganisationKind
    from civtech.people.models.passkey import Passkey
    from civtech.roles.models import RoleGrant


class User(UserMixin, Model):
    """A person who can sign in. All their personal details are in this row, so that we can erase them."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_domain", text(domain_in_sql("email"))),)
    is_authenticated = True
    assumed_ties: ClassVar[frozenset[str] | None] = None

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[Folded]
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

    granted_roles: Mapped[list["RoleGrant"]] = relationship(
        primaryjoin="and_(RoleGrant.user_id == User.id, RoleGrant.is_granted)",
        back_populates="person",
    )
    memberships: Mapped[list["Membership"]] = relationship(
        primaryjoin="and_(Membership.user_id == User.id, Membership.until.is_(None))",
        back_populates="user",
    )
    passkeys: Mapped[list["Passkey"]] = relationship(order_by="Passkey.id", cascade="all, delete-orphan")

    @classmethod
    def register(cls, *, name: str, email: str, at: datetime, **details: object) -> "User":
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

    @validates("name")
    def _keep_key(self, _field: str, name: str) -> str:
        """Keep, beside the name, the key by which people are found and sorted."""
        self.sort_key = folded(name)
        return name

    def rename(self, name: str, *, by: "User", at: datetime) -> None:
        """Change the name that other people see."""
        refuse_bad_name(name)
        self.name = name
        emit(PersonRenamed(subject=self, by=by, at=at))

    def use_code(self, counter: int) -> bool:
        """Use up the authenticator code of this time step. False if it, or a later one, has been used before.

        This is one statement, so two simultaneous uses of the same code cannot both succeed (RFC 6238, section 5.2).
        """
        spent = db.session.execute(
            update(User)
            .where(User.id == self.id, or_(User.tf_last_counter.is_(None), User.tf_last_counter < counter))
            .values(tf_last_counter=counter)
        )
        return cast(CursorResult[object], spent).rowcount == 1

    @property
    def is_confirmed(self) -> bool:
        """Whether they have confirmed that the email address is theirs. Until then they may do nothing."""
        return self.confirmed_at is not None

    @property
    def has_authenticator(self) -> bool:
        """Whether the person has set up an authenticator app."""
        return bool(self.tf_primary_method and self.tf_totp_secret)

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in takes more than a password."""
        return self.has_authenticator or bool(self.passkeys)

    def remove_second_factor(self, *, by: "User | None", at: datetime) -> None:
        """Let the person sign in with only the password. Removes the recovery codes and passkeys too."""
        if not self.has_second_factor:
            raise RuleViolation(N_("This person does not have a second factor."))
        self.passkeys.clear()
        self.tf_primary_method = None
        self.tf_totp_secret = None
        self.mf_recovery_codes = None
        emit(SecondFactorRemoved(subject=self, by=by, at=at))

    def deactivate(self, *, by: "User | None", at: datetime) -> None:
        """Lock the person out from the next request. Their roles are kept in case they come back."""
        if not self.active:
            raise RuleViolation(N_("This account has already been deactivated."))
        for held in self.granted_roles:
            held.refuse_to_go_last(at)
        self.active = False
        emit(AccountDeactivated(subject=self, by=by, at=at))

    def reactivate(self, *, by: "User | None", at: datetime) -> None:
        """Let the person sign in again."""
        if self.active:
            raise RuleViolation(N_("This account has not been deactivated."))
        self.active = True
        emit(AccountReactivated(subject=self, by=by, at=at))

    def reach(self, *roles: ProgrammeRole) -> Reach:
        """Where the person holds one of these programme roles now."""
        now = clock.now()
        return Reach(
            frozenset(held.scope for held in self.granted_roles if held.role in roles and held.is_in_force(now))
        )

    def has(self, *roles: ProgrammeRole) -> bool:
        """Whether the person holds one of these roles for the whole programme now."""
        return self.reach(*roles).everywhere

    def has_for(self, thing: Scoped, *roles: ProgrammeRole) -> bool:
        """Whether the person holds one of these roles now for `thing` or something it belongs to."""
        return self.reach(*roles).covers(thing)

    @property
    def is_staff(self) -> bool:
        """Whether they are programme staff for the whole programme."""
        return self.has(ProgrammeRole.STAFF)

    @property
    def is_auditor(self) -> bool:
        """Whether they are an auditor for the whole programme."""
        return self.has(ProgrammeRole.AUDITOR)

    def is_staff_of(self, thing: Scoped) -> bool:
        """Whether they are programme staff for `thing` or something it belongs to, or for the whole programme."""
        return self.has_for(thing, ProgrammeRole.STAFF)

    @property
    def works_for_the_programme(self) -> bool:
        """Whether the person holds, anywhere, a programme role other than judge."""
        return bool(self.reach(*(role for role in ProgrammeRole if role is not ProgrammeRole.JUDGE)))

    def acts_for(self, organisation: "Organisation | int", *roles: "MemberRole") -> bool:
        """Whether the person is a member of `organisation` (or its id), in one of `roles` if any are given."""
        identity = organisation if isinstance(organisation, int) else organisation.id
        return any(
            membership.organisation_id == identity and (not roles or membership.role in roles)
            for membership in self.memberships
        )

    def organisations(self, *kinds: "OrganisationKind") -> "list[Organisation]":
        """The organisations the person acts for, without duplicates, by name."""
        by_id = {
            membership.organisation.id: membership.organisation
            for membership in self.memberships
            if not kinds or membership.organisation.kind in kinds
        }
        return sorted(by_id.values(), key=lambda organisation: (folded(organisation.name), organisation.id))

    def organisation_ids(self, *roles: "MemberRole") -> list[int]:
        """The ids of the organisations the person acts for, in one of `roles` if any are given."""
        return sorted({held.organisation_id for held in self.memberships if not roles or held.role in roles})


_rights: list[Callable[[], _AbstractLoad]] = []


def gives_rights(load: Callable[[], _AbstractLoad]) -> Callable[[], _AbstractLoad]:
    """Let a later package say what a query loads with people, so that rules can ask what they may do."""
    _rights.append(load)
    return load


@cache
def rights() -> tuple[_AbstractLoad, ...]:
    """What a query loads with people for rules to ask about: their programme roles, and whom they act for."""
    return tuple(load() for load in _rights)


def people() -> Select[User]:
    """Everyone, each with what rules ask about."""
    return select(User).options(*rights())


def confirmed_person(email: str) -> User:
    """The person with this confirmed address. If there is none, the error appears beside the field `email`."""
    person = db.session.scalars(people().where(User.email == email.strip().lower())).unique().first()
    if person is None or not person.active:
        raise RuleViolation(
            N_("There is no account with this email address. Ask the person to create one, then try again."),
            field="email",
        )
    if not person.is_confirmed:
        raise RuleViolation(
            N_("%(person)s has not confirmed this email address yet. Ask them to open the link in their email."),
            field="email",
            person=person.name,
        )
    return person
