"""The pages of organisations."""

from flask import Flask

from civtech.core.text import N_
from civtech.organisations import policy
from civtech.organisations.models.bound import ended, joined
from civtech.organisations.views import acting, invitations, organisations, public_bodies
from civtech.organisations.views import company as _company  # noqa: F401
from civtech.organisations.views import joining as _joining  # noqa: F401
from civtech.organisations.views import members as _members  # noqa: F401
from civtech.web.navigation import navigate

blueprints = [acting.bp, invitations.bp, organisations.bp, public_bodies.bp]

navigate("account", N_("Public bodies"), "public_bodies.index", order=16, shown_to=policy.administer_public_bodies)


def init(app: Flask) -> None:
    """Let every page show the organisation you act for, and the buttons of its people carry what they bind."""
    acting.init(app)
    app.jinja_env.globals.update(role_that_ends=ended, request_to_join=joined)
