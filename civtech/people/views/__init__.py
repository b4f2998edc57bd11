"""The pages of people: signing in, tasks and their own account."""

from flask import Flask

from civtech.core.text import N_
from civtech.people import demonstration, sign_in
from civtech.people.sign_in.next_page import goal
from civtech.people.views import account, elsewhere, identities
from civtech.people.views import address as _address  # noqa: F401
from civtech.people.views import passkeys as _passkeys  # noqa: F401
from civtech.people.views import proof as _proof  # noqa: F401
from civtech.people.views import sessions as _sessions  # noqa: F401
from civtech.web.navigation import navigate

blueprints = [account.bp, elsewhere.bp, identities.bp]

navigate("account", N_("Home"), "people.home", order=10, shown_to=lambda actor: actor.is_authenticated)
navigate("account", N_("Account"), "people.account", order=20, shown_to=lambda actor: actor.is_authenticated)
navigate(
    "account", N_("Sign out"), "security.logout", order=90, shown_to=lambda actor: actor.is_authenticated, method="post"
)
for order, text, endpoint in (
    (10, N_("Sign in"), "security.login"),
    (20, N_("Create an account"), "security.register"),
):
    navigate(
        "account",
        text,
        endpoint,
        order=order,
        shown_to=lambda actor: not actor.is_authenticated,
        values=lambda: {"next": goal()},
    )


def init(app: Flask) -> None:
    """Add sign-in, and restrict a demonstration to this machine."""
    sign_in.init(app)
    if app.config["CIVTECH_DEMO"]:
        demonstration.init(app)
