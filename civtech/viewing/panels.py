"""The panel that viewing as another role adds to the challenge's page."""

from flask import render_template

from civtech.challenges.models import Challenge
from civtech.people.models import User
from civtech.viewing import policy
from civtech.web.registries import panel


@panel("challenges.show", "view as another role", after="funded teams")
def way_to_see_it_as(actor: User, challenge: Challenge) -> str | None:
    """Show programme staff a link to view the challenge as another role."""
    if not policy.see_as(actor, challenge):
        return None
    return render_template("viewing/_way.html", challenge=challenge)
