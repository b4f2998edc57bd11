"""A page that refuses an act because it is too late offers what is possible now, and no button to try again."""

from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from flask.testing import FlaskClient

from civtech.core.db import db
from civtech.people.models import User
from tests.support.messages import wording
from tests.support.sheet import sheet
from tests.world import Age
from tests.world.kept import Worlds

Enter = Callable[[User], FlaskClient]
NOW_POSSIBLE = wording("See what is possible now")


def test_a_second_release_is_refused_with_a_link_to_the_first(worlds: Worlds, now: datetime, signed_in: Enter) -> None:
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    db.session.commit()
    staff, url = signed_in(world.colleague), f"/milestones/{release.milestone.reference}/releases"
    page = staff.post(url, data=sheet(staff.get(url), "/releases"))
    assert page.status_code == 409
    assert wording("A release has already been proposed for this milestone.") in page.text
    assert f'href="/releases/{release.reference}"' in page.text
    assert NOW_POSSIBLE in page.text
    assert f">{wording('Propose release')}</button>" not in page.text


@pytest.mark.parametrize("act", ["return", "cancellation"])
def test_other_acts_that_came_too_late_offer_no_button_either(
    worlds: Worlds, now: datetime, signed_in: Enter, act: str
) -> None:
    world = worlds(Age.PREPARED)
    challenge = world.approved()
    db.session.commit()
    url = f"/challenges/{challenge.slug}/{act}"
    approver = signed_in(world.approver)
    data = sheet(approver.get(url)) | {"message": "Too long a wait."}
    challenge.cancel(message="No more ferries.", by=world.approver, at=world.at)
    db.session.commit()
    page = unescape(approver.post(url, data=data).text)
    assert "Too long a wait." in page
    assert page.count('type="submit"') <= 1, "only to sign out"


def test_what_changed_is_said_and_is_not_counted_as_problems(worlds: Worlds, now: datetime, signed_in: Enter) -> None:
    world = worlds(Age.PREPARED)
    challenge = world.approved()
    db.session.commit()
    staff, url = signed_in(world.staff), f"/challenges/{challenge.slug}/return"
    data = sheet(staff.get(url)) | {"message": "Say who pays."}
    challenge.send_back(message="Again.", by=world.approver, at=world.at)
    challenge.propose(by=world.author, at=world.at)
    db.session.commit()
    page = staff.post(url, data=data)
    assert (page.status_code, wording("This has changed:") in page.text) == (409, True)
    assert ">There is a problem</h2>" in page.text


def test_the_history_says_that_finance_paid_and_staff_approved(worlds: Worlds, now: datetime, signed_in: Enter) -> None:
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    release.approve(by=world.colleague, at=now)
    release.pay(bank_reference="BACS-000001", by=world.finance, at=now)
    db.session.commit()
    page = unescape(signed_in(world.company_owner).get(f"/agreements/{release.milestone.agreement.reference}").text)
    for person, side in ((world.colleague, "programme staff"), (world.finance, "finance")):
        assert wording("%(name)s, %(side)s", name=person.name, side=wording(side)) in page
