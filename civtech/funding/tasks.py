"""Tasks that money gives people."""

from datetime import datetime

from flask import url_for

from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.funding import policy, queries
from civtech.funding.models import Release, ReleaseState
from civtech.people.models import ProgrammeRole, User
from civtech.stages.models import Milestone
from civtech.stages.tasks import in_short
from civtech.web.tasks import Task, Waiting, tasks_of

MONEY = Text(N_("Money"))


def _to_propose(actor: User, _at: datetime) -> Rows | None:
    if not actor.reach(ProgrammeRole.STAFF):
        return None
    return in_short(queries.to_propose(actor), reference=Milestone.reference, name=Milestone.title)


@tasks_of(_to_propose)
def releases_to_propose(row: Waiting) -> Task:
    """Ask staff to propose the release of money for accepted milestones."""
    return Task(
        Text(N_("Propose the release of money for “%(title)s”"), {"title": row.name}),
        url_for("stages.milestone", reference=row.reference),
        f"{row.about}, {row.part}",
        group=MONEY,
    )


def _to_decide(actor: User, _at: datetime) -> Rows | None:
    if not actor.reach(*policy.DECIDE):
        return None
    return in_short(queries.to_decide(actor), reference=Release.reference, name=Milestone.title, state=Release.state)


@tasks_of(_to_decide)
def releases_to_decide(row: Waiting) -> Task:
    """Ask staff and finance to approve what another person proposed, and finance to pay it."""
    words = (
        N_("Approve or refuse release %(reference)s")
        if row.state == ReleaseState.PROPOSED.value
        else N_("Pay release %(reference)s and mark it as paid")
    )
    return Task(
        Text(words, {"reference": row.reference}),
        url_for("funding.release", reference=row.reference),
        f"{row.about}, {row.part}: {row.name}",
        group=MONEY,
    )
