"""Two people without accounts: one adds a company, the other is asked to join it, and decides."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import or_, select

from civtech.core.db import db
from civtech.notifications.letters import Letter, compose
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import MemberRole
from civtech.people.models import User
from tests.journeys.conftest import Timeline
from tests.support.codes import set_up_authenticator
from tests.support.messages import fragment, wording
from tests.support.person import Person

pytestmark = pytest.mark.journey
PASSWORD = "three green boats sing"
NORA = "nora.ni-chonaill@example.org"


def mail_to(address: str) -> Letter:
    """The last email to an address."""
    db.session.rollback()
    latest = db.session.scalars(
        select(OutboxMessage)
        .outerjoin(OutboxMessage.recipient)
        .where(or_(OutboxMessage.address == address, User.email == address))
        .order_by(OutboxMessage.id.desc())
    ).first()
    assert latest is not None
    return compose(latest)


def link_in(letter: Letter) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body).group(1)


def create_account(who: Person, name: str, email: str) -> None:
    """From the form to being signed in. The page the person wanted follows."""
    who.fill("Full name", name)
    who.fill("Email address", email)
    who.fill("Choose a password", PASSWORD)
    who.press("Create account")
    assert who.sees("Check your email")
    who.go(link_in(mail_to(email)))
    who.press("Confirm my email address")
    who.fill("Email address", email)
    who.fill("Password", PASSWORD)
    who.press("Sign in")


def test_from_an_account_of_ones_own_to_a_colleague_who_joined(
    app: Flask, time: Timeline, somebody: Callable[[User | None], Person]
) -> None:
    olive = somebody(None)
    olive.go("/sign-up")
    create_account(olive, "Olive Ọ́wnẹ̀r", "olive@example.org")
    assert olive.path == "/home"
    olive.follow("Create an organisation")
    olive.choose("Company")
    olive.fill("Legal name", "Kelp & Söhne <b>Ltd</b>")
    olive.press("Create organisation")
    assert olive.sees("Protect your account first")
    set_up_authenticator(olive)
    for label, typed in (("Year of the figures", "2025"), ("Number of people who work there", "4")):
        olive.fill(label, typed)
    olive.fill("Turnover for the year", "£210,000")
    olive.fill("Balance sheet total", "64,000")
    olive.press("Save figures")
    assert olive.sees("Micro At least two of these: up to 10 people")
    olive.follow("Invite someone")
    olive.press("Send invitation")
    assert olive.status == 422
    olive.fill("The person’s email address", NORA)
    olive.choose("Editor")
    olive.press("Send invitation")
    assert olive.sees(wording("We’ve emailed an invitation to %(address)s.", address=NORA))
    assert olive.sees(fragment("Waiting for an answer until"))

    nora = somebody(None)
    letter = mail_to(NORA)
    assert letter.subject.startswith("Invitation: Kelp & Söhne <b>Ltd</b> (I-")
    nora.go(link_in(letter))
    assert nora.path.startswith("/sign-in")
    nora.follow("Create an account")
    create_account(nora, "Nóra Ní Chonaill", NORA)
    assert nora.path == link_in(letter)
    assert nora.sees("Writes and submits proposals")
    assert nora.sees("Olive Ọ́wnẹ̀r")
    nora.press("Accept")
    assert nora.sees(wording("You now act for %(name)s.", name="Kelp & Söhne <b>Ltd</b>"))

    assert mail_to("olive@example.org").subject.startswith("Invitation accepted: Kelp & Söhne <b>Ltd</b> (I-")
    olive.go(link_in(mail_to("olive@example.org")))
    assert olive.sees("Nóra Ní Chonaill")
    found = db.session.scalars(select(User).where(User.email == NORA)).unique().one()
    assert [held.role for held in found.memberships] == [MemberRole.EDITOR]

    nora.press("Give up this role")
    if not nora.sees(fragment("You have given up that role")):
        nora.press("Give up this role")
    assert nora.sees(wording("You have given up that role at %(name)s.", name="Kelp & Söhne <b>Ltd</b>"))
