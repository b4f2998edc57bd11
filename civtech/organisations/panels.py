"""What organisations add to your account page, and to the pages where invited people sign up or sign in."""

import re

from flask import render_template

from civtech.core import clock
from civtech.core.db import db
from civtech.core.workflow import possible
from civtech.organisations.queries import invitation
from civtech.people.models import User
from civtech.web.registries import panel

TO_AN_INVITATION = re.compile(r"/invitations/([A-Z0-9-]{1,40})")


@panel("people.account", "organisations")
def own_organisations(_actor: User, person: User) -> str:
    """The organisations you act for, and the ways to act for one."""
    return render_template("organisations/_own.html", person=person)


@panel("people.arrival", "invitation")
def why_you_are_here(_actor: User, goal: str | None) -> str | None:
    """For people who follow the link to an invitation that can be answered: to act for whom, as what, invited by whom.

    Anyone with the link has the email, which says the same. We do not show the address it was sent to.
    """
    named = TO_AN_INVITATION.fullmatch(goal or "")
    if named is None:
        return None
    found = db.session.scalars(invitation(named.group(1))).one_or_none()
    if found is None or not possible(found, "accept", clock.now()):
        return None
    return render_template("organisations/_why_you_are_here.html", invitation=found)
