"""The pages of accounts."""

from flask import Flask

from civtech.accounts import demonstration as staying_here
from civtech.accounts import policy, sign_in
from civtech.accounts.sign_in.next_page import goal
from civtech.accounts.views import (
    account,
    acting,
    demonstration,
    elsewhere,
    identities,
    invitations,
    organisations,
    public_bodies,
    roles,
)
from civtech.accounts.views import address as _address  # noqa: F401
from civtech.accounts.views import company as _company  # noqa: F401
from civtech.accounts.views import joining as _joining  # noqa: F401
from civtech.accounts.views import members as _members  # noqa: F401
from civtech.accounts.views import passkeys as _passkeys  # noqa: F401
from civtech.accounts.views import proof as _proof  # noqa: F401
from civtech.accounts.views import role_grants as _role_grants  # noqa: F401
from civtech.accounts.views import sessions as _sessions  # noqa: F401
from civtech.core.text import N_
from civtech.web.navigation import navigate

blueprints = [
    account.bp,
    elsewhere.bp,
    identities.bp,
    invitations.bp,
    organisations.bp,
    public_bodies.bp,
    roles.bp,
]

navigate("account", N_("Home"), "accounts.home", order=10, shown_to=lambda actor: actor.is_authenticated)
navigate("account", N_("Public bodies"), "public_bodies.index", order=16, shown_to=policy.administer_public_bodies)
navigate("account", N_("Roles"), "roles.index", order=17, shown_to=policy.see_roles)
navigate("account", N_("Account"), "accounts.account", order=20, shown_to=lambda actor: actor.is_authenticated)
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
    """Add sign-in, and in a demonstration only the way in without a password."""
    sign_in.init(app)
    acting.init(app)
    if app.config["CIVTECH_DEMO"]:
        staying_here.init(app)
        app.register_blueprint(demonstration.bp)
