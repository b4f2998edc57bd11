"""The panel that privacy adds to a page of an earlier package."""

from flask import render_template

from civtech.people.models import User
from civtech.privacy.models.request import waiting_of
from civtech.web.registries import panel


@panel("people.account", "data", after="judging")
def way_to_own_data(actor: User, _person: User) -> str:
    """Show a link to one's own data, and any waiting erasure request."""
    return render_template("privacy/_account.html", waiting=waiting_of(actor))
