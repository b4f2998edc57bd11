"""People, mails and codes for the tests of people, organisations and roles."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import event, select

from civtech.core import clock, events
from civtech.core.db import db, unit_of_work
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.people import mail
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant

PASSWORD = "three green boats sing"


@dataclass
class Mail:
    recipient: str
    subject: str
    body: str

    @property
    def link(self) -> str:
        found = re.search(r"https?://[^/\s]+(/\S+)", self.body)
        assert found, self.body
        return found.group(1)


@pytest.fixture
def outbox() -> Iterator[list[Mail]]:
    """The mails that were handed over."""
    before = list(mail._deliver)
    mails: list[Mail] = []
    mail.deliver_with(lambda recipient, subject, body: mails.append(Mail(recipient, subject, body)))
    yield mails
    mail._deliver[:] = before


@pytest.fixture
def happened() -> Iterator[list[str]]:
    """The names of the events that were committed."""
    names: list[str] = []

    def note(_session: Any, found: Any) -> None:
        names.extend(event.name for event in found)

    events.record_at_commit(note)
    yield names
    events._recorders.remove(note)


@pytest.fixture
def person(app: Flask) -> Callable[..., User]:
    """Makes people with a password and a confirmed address."""

    def make(email: str = "ada@example.org", name: str = "Ada Lovelace", **details: Any) -> User:
        roles = details.pop("roles", ())
        with unit_of_work():
            details.setdefault("confirmed_at", clock.now())
            made = User.register(name=name, email=email, password=hash_password(PASSWORD), at=clock.now(), **details)
            for role in roles:
                RoleGrant.by_operator(made, role, at=clock.now())
        return made

    return make


@pytest.fixture
def staff(person: Callable[..., User]) -> User:
    return person("staff@example.org", "Sam Staff", roles=[ProgrammeRole.STAFF])


@pytest.fixture
def company(person: Callable[..., User]) -> Organisation:
    """A company owned by owner@example.org."""
    owner = person("owner@example.org", "Olive Owner")
    with unit_of_work():
        return Organisation.create(kind=OrganisationKind.COMPANY, legal_name="Kelp Ltd", by=owner, at=clock.now())


@pytest.fixture
def body(person: Callable[..., User], staff: User) -> Organisation:
    """A public body owned by sponsor@example.org."""
    owner = person("sponsor@example.org", "Simon Sponsor")
    with unit_of_work():
        made = Organisation.create(
            kind=OrganisationKind.PUBLIC_BODY, legal_name="Isle Council", by=staff, at=clock.now()
        )
        made.admit(owner, MemberRole.OWNER, by=None, at=clock.now())
        return made


def sign_in(client: FlaskClient, email: str = "ada@example.org", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def find(email: str) -> User:
    db.session.rollback()
    return db.session.scalars(select(User).where(User.email == email)).unique().one()


def count_statements() -> list[str]:
    """The SQL statements from here on, without the beginnings of transactions."""
    statements: list[str] = []

    def note(*said: Any) -> None:
        if said[2].split()[0] != "BEGIN":
            statements.append(said[2])

    event.listen(db.engine, "before_cursor_execute", note)
    return statements
