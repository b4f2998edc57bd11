"""The roles section of your account page."""

from flask import render_template

from civtech.core import clock
from civtech.people.models import User
from civtech.roles.models import GrantPhase
from civtech.roles.queries import names_of
from civtech.web.registries import panel


@panel("people.account", "roles", after="organisations")
def own_roles(_actor: User, person: User) -> str | None:
    """Your current and future roles in the programme."""
    now = clock.now()
    held = [grant for grant in person.granted_roles if grant.phase(now) in {GrantPhase.IN_FORCE, GrantPhase.COMING}]
    return render_template("roles/_own.html", held=held, names=names_of(held)) if held else None
