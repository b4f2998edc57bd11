"""What the page of one's account shows of organisations."""

from typing import Any

from flask import render_template

from civtech.people.models import User
from civtech.web.registries import panel


@panel("people.account", "organisations")
def own_organisations(_actor: Any, person: User) -> str:
    """Whom one acts for, and the ways to act for somebody."""
    return render_template("organisations/_own.html", person=person)
