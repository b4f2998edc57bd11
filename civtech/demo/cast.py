"""Who takes part: programme staff, sponsors' people, companies and judges."""

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from civtech.core.db import db
from civtech.demo.figures import figures_of
from civtech.demo.words import Words
from civtech.organisations.models import (
    CompanyFigures,
    CompanySize,
    IdentifierScheme,
    Invitation,
    MemberRole,
    Organisation,
    OrganisationKind,
)
from civtech.people.demonstration import DOMAIN
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant


@dataclass
class Body:
    """A public body with the people who write, approve and accept for it."""

    organisation: Organisation
    owner: User
    author: User
    approver: User
    acceptor: User


@dataclass
class Team:
    """A company, or a person with an idea, with an owner and an editor. One person alone is both."""

    organisation: Organisation
    owner: User
    editor: User


@dataclass
class Cast:
    """Everyone in the play. People with an address at `DOMAIN` are on the page "Sign in as an example person"."""

    staff: list[User] = field(default_factory=list)
    finance: list[User] = field(default_factory=list)
    judges: list[User] = field(default_factory=list)
    bodies: dict[str, Body] = field(default_factory=dict)
    teams: list[Team] = field(default_factory=list)
    administrators: list[User] = field(default_factory=list)
    round_staff: User = field(init=False)
    secretary: User = field(init=False)
    newcomer: User = field(init=False)


class Casting:
    """Makes people. It uses every name once, so that a list of them stays readable."""

    def __init__(self, words: Words, rng: random.Random, *, at: datetime, password: str) -> None:
        self.words = words
        self.at = at
        self.password = password
        names = [(given, family) for given in words.given for family in words.family]
        self._names = iter(rng.sample(names, len(names)))
        self._addresses: set[str] = set()

    def person(self, house: str, *, part: str = "") -> User:
        """Make a new person with an address at `house`; `part` goes before the name in it."""
        given, family = next(self._names)
        plain = unicodedata.normalize("NFKD", f"{given}.{family}").encode("ascii", "ignore").decode().lower()
        local = "".join(letter for letter in plain if letter.isalnum() or letter == ".").strip(".") or "person"
        local = f"{part}.{local}" if part else local
        while f"{local}@{house}" in self._addresses:
            local += "x"
        self._addresses.add(f"{local}@{house}")
        return User.register(
            name=f"{given} {family}",
            email=f"{local}@{house}",
            at=self.at,
            password=self.password,
            confirmed_at=self.at,
            active=True,
        )

    def employ(self, role: ProgrammeRole, *, part: str) -> User:
        """Make a person with a programme role."""
        person = self.person(DOMAIN, part=part)
        RoleGrant.by_operator(person, role, at=self.at)
        return person

    def cast(self, *, principal_body: str, principal_teams: int) -> Cast:
        """Make everyone the stories need."""
        cast = Cast()
        cast.staff = [self.employ(ProgrammeRole.STAFF, part="staff") for _ in range(4)]
        cast.finance = [self.employ(ProgrammeRole.FINANCE, part="finance") for _ in range(2)]
        self.employ(ProgrammeRole.AUDITOR, part="auditor")
        cast.judges = [
            self.person(DOMAIN if number < 3 else "panel.example", part="judge" if number < 3 else "")
            for number in range(12)
        ]
        db.session.flush()
        for entry in self.words.bodies:
            cast.bodies[entry["name"]] = self._body(entry, principal=entry["name"] == principal_body, by=cast.staff[0])
        for number, entry in enumerate(self.words.companies):
            cast.teams.append(self._team(entry, number, principal=number < principal_teams))
        cast.administrators = [self.employ(ProgrammeRole.ADMINISTRATOR, part="administrator") for _ in range(2)]
        cast.round_staff = self.person(DOMAIN, part="roundstaff")
        cast.secretary = self.person(DOMAIN, part="secretary")
        for judge in cast.judges:
            RoleGrant.by_operator(judge, ProgrammeRole.JUDGE, at=self.at)
        self._join(cast.teams[3].organisation, cast.teams[0].editor, MemberRole.EDITOR, by=cast.teams[3].owner)
        house = _house(cast.teams[0].organisation.name)
        colleague = self.person(house)
        cast.newcomer = self.person(house)
        db.session.flush()
        self._join(cast.teams[0].organisation, colleague, MemberRole.VIEWER, by=cast.teams[0].owner)
        db.session.flush()
        return cast

    def _body(self, entry: dict[str, str], *, principal: bool, by: User) -> Body:
        house = DOMAIN if principal else f"{entry['short']}.example"
        part = "sponsor" if principal else ""
        owner, author, approver, acceptor = (self.person(house, part=part) for _ in range(4))
        db.session.flush()
        organisation = Organisation.create(
            kind=OrganisationKind.PUBLIC_BODY,
            legal_name=entry["name"],
            about=entry["about"],
            by=by,
            at=self.at,
        )
        self._join(organisation, owner, MemberRole.OWNER, by=by)
        self._join(organisation, author, MemberRole.AUTHOR, by=owner)
        self._join(organisation, approver, MemberRole.APPROVER, by=owner)
        self._join(organisation, acceptor, MemberRole.ACCEPTOR, by=owner)
        return Body(organisation, owner, author, approver, acceptor)

    def _join(self, organisation: Organisation, person: User, role: MemberRole, *, by: User) -> None:
        db.session.flush()
        invitation = Invitation.send(organisation, person.email, role, by=by, at=self.at)
        db.session.flush()
        invitation.accept(by=person, at=self.at)

    def _team(self, entry: dict[str, str], number: int, *, principal: bool) -> Team:
        alone = entry["kind"] == "individual"
        name = entry.get("trading_name") or entry["legal_name"]
        house = DOMAIN if principal else _house(name)
        part = "company" if principal else ""
        owner = self.person(house, part=part)
        editor = owner if alone else self.person(house, part=part)
        if alone:
            owner.name = entry["legal_name"]
        db.session.flush()
        size = CompanySize(entry["size"])
        organisation = Organisation.create(
            kind=OrganisationKind(entry["kind"]),
            legal_name=entry["legal_name"],
            trading_name=entry.get("trading_name"),
            identifier_scheme=IdentifierScheme(entry["scheme"]) if "scheme" in entry else None,
            identifier_number=entry.get("number"),
            size=size,
            about=entry["about"],
            by=owner,
            at=self.at,
        )
        if not alone:
            self._join(organisation, editor, MemberRole.EDITOR, by=owner)
        if not alone and (figures := figures_of(size, number)):
            CompanyFigures.state(organisation, figures, year=self.at.year - 1, by=owner, at=self.at)
        return Team(organisation, owner, editor)


def _house(name: str) -> str:
    """Return the domain of a company's email addresses."""
    return f"{''.join(sign for sign in name.lower() if sign.isascii() and sign.isalnum())}.example"
