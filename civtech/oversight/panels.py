"""Panels that oversight adds to pages of earlier packages."""

from flask import render_template

from civtech.core.db import db
from civtech.oversight import queries
from civtech.oversight.models import AuditEntry
from civtech.people.models import User
from civtech.web.registries import panel


@panel("home", "audit log", after="panels")
def way_to_the_log(actor: User, _subject: object) -> str | None:
    """Show auditors the length of the audit log and a link to it."""
    if not actor.is_auditor:
        return None
    newest = queries.visible_to(actor).order_by(AuditEntry.sequence.desc()).limit(1)
    return render_template("oversight/_home.html", last=db.session.scalars(newest).first())
