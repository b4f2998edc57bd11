"""Signing in with another service, in Chromium: one person gets an account that way, another links the one she has.

Chromium follows no redirect from one of our forms to another site (form-action of the content security policy).
"""

from collections.abc import Callable

import pytest
from flask import Flask
from flask_security import hash_password
from playwright.sync_api import Page

from civtech.core.db import db
from civtech.people.models import User
from tests.conftest import NOW
from tests.support.messages import fragment, wording
from tests.support.person import Watcher
from tests.support.providers import DOMAIN, Providers

pytestmark = pytest.mark.journey
PASSWORD = "three green boats sing"


@pytest.fixture
def somebody(
    app: Flask, address: str, new_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Watcher]:
    """Makes visitors, who use the service at its own address."""
    monkeypatch.setitem(app.config, "PUBLIC_ADDRESS", address.removeprefix("http://"))
    return lambda: Watcher(new_page(), address)


def sign_in_there(who: Watcher, subject: str) -> None:
    """What a person does on the pages of the provider."""
    assert who.sees("Authorize Client"), "the provider’s own page"
    who.page.get_by_placeholder("sub").fill(subject)
    who.press("Authorize")


def test_a_new_colleague_gets_an_account_by_signing_in(providers: Providers, somebody: Callable[[], Watcher]) -> None:
    providers[0].knows("nora", email=f"nora@{DOMAIN}", email_verified=True, name="Nóra Ní Chonaill")
    nora = somebody()
    nora.go("/organisations/new")
    nora.follow("Sign in with Isle staff")
    sign_in_there(nora, "nora")
    assert nora.path == "/sign-in/proof"
    assert nora.sees(f"nora@{DOMAIN}")
    nora.fill("Full name", "http://evil.example")
    nora.press("Create account")
    assert nora.status == 422
    nora.fill("Full name", "Nóra Ní Chonaill")
    nora.press("Create account")
    assert nora.path == "/organisations/new"
    assert nora.sees("Signed in as Nóra Ní Chonaill")
    nora.press("Sign out")
    nora.go("/sign-in")
    nora.follow("Sign in with Isle staff")
    sign_in_there(nora, "nora")
    assert nora.sees(wording("Sign in as %(name)s", name="Nóra Ní Chonaill"))
    nora.press("Sign in")
    assert nora.path == "/home"


def test_an_account_with_a_password_is_linked_and_unlinked(
    providers: Providers, somebody: Callable[[], Watcher]
) -> None:
    email = f"ada@{DOMAIN}"
    User.register(name="Ada Lovelace", email=email, password=hash_password(PASSWORD), confirmed_at=NOW, at=NOW)
    db.session.commit()
    providers[0].knows("ada", email=email, email_verified=True)
    ada = somebody()
    ada.go("/sign-in")
    ada.follow("Sign in with Isle staff")
    sign_in_there(ada, "ada")
    assert ada.sees("You already have an account")
    ada.follow("Sign in and link accounts")
    ada.fill("Email address", email)
    ada.fill("Password", PASSWORD)
    ada.press("Sign in")
    ada.follow("Link Isle staff")
    sign_in_there(ada, "ada")
    assert ada.sees("Link Isle staff to your account")
    ada.press("Link accounts")
    assert ada.sees(wording("You can now sign in with %(title)s.", title="Isle staff"))
    ada.press("Sign out")
    ada.go("/sign-in?next=/account/identities")
    ada.follow("Sign in with Isle staff")
    sign_in_there(ada, "ada")
    ada.press("Sign in")
    assert ada.path == "/account/identities"
    ada.page.locator("summary", has_text="Remove").click()
    ada.press("Remove")
    assert ada.sees(wording("You can no longer sign in with %(title)s", title="Isle staff"))
    assert ada.sees(fragment("No other service is linked to your account."))
