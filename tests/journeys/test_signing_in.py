"""Signing in with more than a password, and returning to typed text, in Chromium."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask_security import hash_password
from playwright.sync_api import Page, expect

from civtech.core.db import db
from civtech.organisations.models import Organisation, OrganisationKind
from civtech.people.models import User
from civtech.people.models.browser_session import IDLE
from tests.conftest import NOW
from tests.journeys.conftest import Timeline
from tests.support.codes import enter_code, set_up_authenticator
from tests.support.messages import fragment, wording
from tests.support.person import Watcher

pytestmark = [pytest.mark.journey, pytest.mark.browser]
PASSWORD = "three green boats sing"
EMAIL = "ada@example.org"


@pytest.fixture
def company(app: Flask) -> str:
    """The page of a company whose owner has only a password."""
    person = User.register(name="Ada", email=EMAIL, password=hash_password(PASSWORD), confirmed_at=NOW, at=NOW)
    db.session.flush()
    company = Organisation.create(kind=OrganisationKind.COMPANY, legal_name="Kelp Ltd", by=person, at=NOW)
    db.session.commit()
    return f"/organisations/{company.reference}"


@pytest.fixture
def ada(company: str, address: str, time: Timeline, new_page: Callable[[], Page]) -> Watcher:
    """The owner using Chromium. Passkeys need a host with a name."""
    return Watcher(new_page(), address.replace("127.0.0.1", "localhost"))


class Device:
    """A device that keeps passkeys and knows its owner's finger."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.name = added["authenticatorId"]

    def forget_the_finger(self) -> None:
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.name, "isUserVerified": False})


def sign_in(who: Watcher) -> None:
    who.fill("Email address", EMAIL)
    who.fill("Password", PASSWORD)
    who.press("Sign in")


def remove_the_passkey(who: Watcher) -> None:
    who.page.locator("summary", has_text="Remove").click()
    who.press("Remove passkey")


def test_a_passkey_is_added_signs_in_confirms_and_is_removed(ada: Watcher, company: str, time: Timeline) -> None:
    Device(ada.page)
    ada.go(f"{company}/edit")
    sign_in(ada)
    assert ada.sees("Protect your account first")
    ada.follow("Add a passkey")
    ada.fill("Passkey name", "Zoë’s <phone>")
    ada.press("Add a passkey")
    assert ada.sees(wording("Passkey “%(name)s” added. You can now use it to sign in.", name="Zoë’s <phone>"))
    assert ada.path == f"{company}/edit", "one is back where one wanted to go"

    ada.press("Sign out")
    time.instant += timedelta(minutes=1)
    ada.go("/account/passkeys")
    ada.follow("Sign in with a passkey")
    ada.press("Use your passkey")
    assert ada.path == "/account/passkeys"
    assert ada.sees("Last used")

    ada.press("Sign out")
    time.instant += timedelta(minutes=1)
    ada.go("/account")
    sign_in(ada)
    assert ada.sees("Confirm it’s you"), "the password alone is not enough any more"
    ada.press("Use your passkey")
    assert ada.path == "/account"

    time.instant += timedelta(minutes=20)
    ada.go("/account/passkeys")
    remove_the_passkey(ada)
    assert ada.sees("Confirm it’s you")
    ada.press("Use your passkey")
    remove_the_passkey(ada)
    assert ada.sees(wording("Passkey “%(name)s” removed. It can no longer be used to sign in.", name="Zoë’s <phone>"))
    ada.press("Sign out")
    time.instant += timedelta(minutes=1)
    ada.go("/sign-in/passkey")
    ada.press("Use your passkey")
    assert ada.status == 422
    assert ada.sees("This passkey was not accepted.")


def test_a_passkey_without_finger_or_pin_is_refused(ada: Watcher) -> None:
    device = Device(ada.page)
    ada.go("/account/passkeys")
    sign_in(ada)
    ada.fill("Passkey name", "Phone")
    ada.press("Add a passkey")
    ada.press("Sign out")
    device.forget_the_finger()
    ada.go("/sign-in/passkey")
    assert not ada.sees(fragment("We did not receive a passkey."))
    ada.page.get_by_role("button", name="Use your passkey").click()
    expect(ada.page.get_by_role("alert")).to_contain_text(fragment("We did not receive a passkey."))
    assert ada.path == "/sign-in/passkey"


def test_an_authenticator_app_is_set_up_and_signs_in(ada: Watcher, company: str, time: Timeline) -> None:
    ada.go(company)
    sign_in(ada)
    assert ada.sees("Protect your account first")
    secret = set_up_authenticator(ada)
    assert ada.sees("Kelp Ltd")
    ada.press("Sign out")
    time.instant += timedelta(minutes=1)
    ada.go("/account")
    sign_in(ada)
    enter_code(ada, secret)
    assert ada.path == "/account"
    assert ada.sees("8 left")


def test_a_warning_comes_before_a_session_ends_and_lets_it_go_on(ada: Watcher, time: Timeline) -> None:
    ada.page.clock.install()
    ada.go("/account/name")
    sign_in(ada)
    ada.fill("Full name", "Ada, half")
    warning = ada.page.get_by_role("status").filter(has_text="Stay signed in")
    expect(warning).to_be_hidden()
    time.instant += timedelta(minutes=56)
    ada.page.clock.fast_forward("56:00")
    expect(warning).to_be_visible()
    with ada.page.expect_response(re.compile("renewal")):
        ada.page.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    time.instant += timedelta(minutes=30)
    ada.press("Change name")
    assert ada.sees("Your name has been changed.")


def test_a_form_sent_too_late_comes_back_with_what_was_typed(ada: Watcher, time: Timeline) -> None:
    ada.page.clock.install()
    ada.go("/account/name")
    sign_in(ada)
    ada.fill("Full name", "Ada Zoë Ångström")
    time.instant += 2 * IDLE
    ada.page.clock.fast_forward("02:00:00")
    expect(ada.page.get_by_text(fragment("You have been signed out."))).to_be_visible()
    ada.press("Change name")
    assert ada.sees(fragment("We kept what you typed."))
    sign_in(ada)
    assert ada.path == "/account/name"
    assert ada.sees("Ada Zoë Ångström")
    ada.press("Change name")
    assert ada.sees("Your name has been changed.")
