"""What privacy adds to earlier pages."""

from flask import render_template

from civtech.people.models import User
from civtech.privacy.models.request import waiting_of
from civtech.web.registries import panel


@panel("people.account", "data", after="judging")
def way_to_own_data(actor: User, _person: User) -> str:
    """What is held about oneself, and a request for erasure that waits."""
    return render_template("privacy/_account.html", waiting=waiting_of(actor))
