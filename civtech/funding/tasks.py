"""Tasks that money gives people."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.funding import policy, queries
from civtech.funding.models import ReleaseState
from civtech.people.models import ProgrammeRole, User
from civtech.web.pagination import PAGE
from civtech.web.registries import Task, task

MONEY = Text(N_("Money"))


@task
def releases_to_propose(actor: User, _at: datetime) -> Iterator[Task]:
    """Ask staff to propose the release of money for accepted milestones."""
    if not actor.reach(ProgrammeRole.STAFF):
        return
    for milestone in db.session.scalars(queries.to_propose(actor).limit(PAGE)).unique():
        yield Task(
            Text(N_("Propose the release of money for “%(title)s”"), {"title": milestone.title}),
            url_for("stages.milestone", reference=milestone.reference),
            f"{milestone.agreement.company.name}, {milestone.agreement.stage.name}",
            group=MONEY,
        )


@task
def releases_to_decide(actor: User, _at: datetime) -> Iterator[Task]:
    """Ask staff and finance to approve what another person proposed, and finance to pay it."""
    if not actor.reach(*policy.DECIDE):
        return
    for release in db.session.scalars(queries.to_decide(actor).limit(PAGE)).unique():
        proposed = release.state is ReleaseState.PROPOSED
        words = (
            N_("Approve or refuse release %(reference)s")
            if proposed
            else N_("Pay release %(reference)s and mark it as paid")
        )
        agreement = release.milestone.agreement
        yield Task(
            Text(words, {"reference": release.reference}),
            url_for("funding.release", reference=release.reference),
            f"{agreement.company.name}, {agreement.stage.name}: {release.milestone.title}",
            group=MONEY,
        )
