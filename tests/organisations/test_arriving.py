"""Signing up with an invitation: why you are here, and back at the invitation once the address is confirmed."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.organisations.models import Invitation, MemberRole, Organisation
from civtech.people.models import User
from tests.people.conftest import sign_in
from tests.support.messages import fragment, wording

HERE = wording("You are here because of an invitation")
NEW = "nora@isle.example"


@pytest.fixture
def invitation(body: Organisation) -> Invitation:
    """An invitation by an owner of a public body to someone without an account."""
    with unit_of_work():
        sponsor = db.session.merge(body)
        by = next(each.user for each in sponsor.memberships if each.role is MemberRole.OWNER)
        return Invitation.send(organisation=sponsor, email=NEW, role=MemberRole.APPROVER, by=by, at=clock.now())


def test_g_signing_up_says_who_invited_you_and_where_and_leads_back_there(
    client: FlaskClient, invitation: Invitation, outbox: list, body: Organisation
) -> None:
    path = f"/invitations/{invitation.reference}"
    asked = client.get(path)
    assert asked.status_code == 302
    door = client.get(asked.location).text
    page = client.get(f"/sign-up?next={path}").text
    for shown in (door, page):
        assert HERE in shown
        assert "Simon Sponsor invited you to act for Isle Council. Your role: Approver." in shown
        assert NEW not in shown
    assert "proposal" not in page.split("<main")[1].split("</main>")[0].lower()
    client.post("/sign-up", data={"name": "Nora", "email": NEW, "password": "three green boats", "next": path})
    confirmed = client.post(outbox[-1].link)
    assert confirmed.location.startswith("/sign-in?next=")
    assert sign_in(client, NEW, "three green boats", next=path).location == path
    assert fragment("You are invited to act for") in client.get(path).text


@pytest.mark.parametrize("what", ["withdrawn", "expired", "answered", "unknown", "longer", "none"])
def test_g_an_invitation_that_cannot_be_answered_is_not_told_to_visitors(
    client: FlaskClient, invitation: Invitation, what: str
) -> None:
    path, now = f"/invitations/{invitation.reference}", invitation.sent_at
    with unit_of_work():
        kept = db.session.get(Invitation, invitation.id)
        assert kept is not None
        if what == "withdrawn":
            kept.revoke(by=None, at=now)
    path = {"unknown": "/invitations/I-0000-0000", "longer": f"{path}/acceptance", "none": "/home"}.get(what, path)
    later = now + timedelta(days=15 if what == "expired" else 1)
    with clock.at(later):
        if what == "answered":
            with unit_of_work():
                kept = db.session.get(Invitation, invitation.id)
                assert kept is not None
                kept.decline(by=User.register(name="Nora", email=NEW, confirmed_at=now, at=now), at=now)
        page = client.get("/sign-up", query_string={"next": path})
        assert page.status_code == 200
        assert HERE not in page.text
        assert "Isle Council" not in page.text
