"""The organisations section of your account page."""

from flask import render_template

from civtech.people.models import User
from civtech.web.registries import panel


@panel("people.account", "organisations")
def own_organisations(_actor: User, person: User) -> str:
    """The organisations you act for, and the ways to act for one."""
    return render_template("organisations/_own.html", person=person)
