"""The pages of roles, and in a demonstration a way to sign in as someone who has one."""

from flask import Flask

from civtech.core.text import N_
from civtech.roles import policy
from civtech.roles.views import demonstration, roles
from civtech.roles.views import grants as _grants  # noqa: F401
from civtech.web.navigation import navigate

blueprints = [roles.bp]

navigate("account", N_("Roles"), "roles.index", order=17, shown_to=policy.see_roles)


def init(app: Flask) -> None:
    """Add signing in without a password, in a demonstration only."""
    if app.config["CIVTECH_DEMO"]:
        app.register_blueprint(demonstration.bp)
