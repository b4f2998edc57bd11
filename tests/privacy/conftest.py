"""A challenge with a proposal, and people around it who leave traces everywhere."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core.db import Model, db
from civtech.core.references import new_token
from civtech.organisations.models import Invitation, MemberRole, Organisation, OrganisationKind
from civtech.people.models import AddressChange, BrowserSession, Passkey, User
from civtech.privacy.models import WAITING_TIME
from civtech.web.idempotency import UsedKey
from civtech.web.unsent import UnsentForm
from tests.world import Age, World
from tests.world.kept import Worlds

LATER = WAITING_TIME + timedelta(minutes=1)
SignedIn = Callable[[User], FlaskClient]


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    """A challenge that is open, with a company and its rival."""
    return worlds(Age.PUBLISHED)


@pytest.fixture
def loner(world: World, now: datetime) -> User:
    """A person with an idea, alone, who left a trace of every kind; nothing of theirs goes on."""
    person = world.person("loner_owner", name="Lou Löner")
    person.password = "CANARY-hash"
    person.tf_primary_method, person.tf_totp_secret = "authenticator", "CANARY-totp"
    person.mf_recovery_codes = ["CANARY-code"]
    BrowserSession.begin(person, secret="CANARY-secret", browser="CANARY-browser", at=now, with_second_factor=False)
    idea = Organisation.create(
        kind=OrganisationKind.INDIVIDUAL, legal_name=person.name, about="CANARY-about", by=person, at=now
    )
    db.session.flush()
    world.company.admit(person, MemberRole.EDITOR, by=None, at=now)
    Invitation.send(world.company, person.email, MemberRole.VIEWER, by=world.company_owner, at=now)
    db.session.add(UsedKey(key="CANARY-key", actor=person.reference, digest="d", location="/CANARY", used_at=now))
    Passkey.add(person, name="CANARY-passkey", credential=b"CANARY-phone", public_key=b"CANARY-public", uses=0, at=now)
    AddressChange.ask(person, "CANARY@people.example", at=now)
    kept = {"path": "/CANARY", "fields": [["words", "CANARY-unsent"]], "kept_at": now}
    db.session.add(UnsentForm(key="unsent", person=person.reference, **kept))
    draft = world.started(idea, title="CANARY-title")
    draft.describe(title="CANARY-title", summary="CANARY-summary", by=person, at=now)
    draft.write(key=draft.sections[0].key, body="CANARY-words", by=person, at=now)
    db.session.commit()
    return person


def reread(person: User) -> User:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(User).where(User.id == person.id)).unique().one()


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, to see whether anything changed."""
    db.session.rollback()
    found = {
        table.name: [tuple(row) for row in db.session.execute(table.select().order_by(*table.primary_key))]
        for table in Model.metadata.sorted_tables
    }
    db.session.rollback()
    return found


def written_down(word: str) -> set[str]:
    """The tables in which `word` stands anywhere."""
    return {name for name, rows in everything().items() if any(word in str(value) for row in rows for value in row)}


def post(client: FlaskClient, path: str, **data: str) -> int:
    return client.post(path, data={"idempotency_key": new_token(), **data}).status_code
