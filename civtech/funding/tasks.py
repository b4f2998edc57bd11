"""What money asks of people."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from sqlalchemy import select

from civtech.accounts.models import ProgrammeRole, User
from civtech.challenges.models import Challenge, ChallengeState
from civtech.challenges.queries import in_a_row
from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.funding import policy, queries
from civtech.funding.models import ReleaseState
from civtech.programmes import queries as programmes
from civtech.programmes.tasks import ROUNDS
from civtech.web.pagination import PAGE
from civtech.web.registries import Task, standings, task

MONEY = Text(N_("Money"))


@task
def releases_to_propose(actor: User, _at: datetime) -> Iterator[Task]:
    """Staff propose the release of what the sponsor accepted."""
    if not actor.reach(ProgrammeRole.STAFF):
        return
    for milestone in db.session.scalars(queries.to_propose(actor).limit(PAGE)).unique():
        yield Task(
            Text(N_("Propose the release of “%(title)s”"), {"title": milestone.title}),
            url_for("stages.milestone", reference=milestone.reference),
            f"{milestone.agreement.company.name}, {milestone.agreement.stage.name}",
            group=MONEY,
        )


@task
def releases_to_decide(actor: User, _at: datetime) -> Iterator[Task]:
    """Staff and finance approve what another proposed; finance marks it paid."""
    if not actor.reach(*policy.DECIDE):
        return
    for release in db.session.scalars(queries.to_decide(actor).limit(PAGE)).unique():
        proposed = release.state is ReleaseState.PROPOSED
        words = N_("Approve or refuse release %(reference)s") if proposed else N_("Pay release %(reference)s")
        agreement = release.milestone.agreement
        yield Task(
            Text(words, {"reference": release.reference}),
            url_for("funding.release", reference=release.reference),
            f"{agreement.company.name}, {agreement.stage.name}: {release.milestone.title}",
            group=MONEY,
        )


@task
def rounds_to_finish(actor: User, at: datetime) -> Iterator[Task]:
    """Staff finish a round whose challenges are all decided, worked and paid."""
    theirs = actor.reach(ProgrammeRole.STAFF)
    if not programmes.reaches_rounds(theirs):
        return
    found = queries.settled_rounds(at).where(programmes.within(theirs))
    settled = db.session.scalars(found.limit(PAGE)).unique().all()
    if not settled:
        return
    rounds = [known.id for known in settled]
    published = in_a_row(select(Challenge)).where(
        Challenge.round_id.in_(rounds), Challenge.state == ChallengeState.PUBLISHED
    )
    challenges = db.session.scalars(published).unique().all()
    known = standings("challenges", challenges, at)
    going_on = {challenge.round_id for challenge in challenges if not known[challenge.id].over}
    for done in settled:
        if done.id not in going_on:
            yield Task(
                Text(N_("Finish “%(round)s”: everything is decided, worked and paid"), {"round": done.name}),
                url_for("programmes.round", reference=done.reference),
                group=ROUNDS,
            )
