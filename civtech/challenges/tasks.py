"""Tasks about challenges for sponsors and staff."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from sqlalchemy import select

from civtech.challenges import policy, queries
from civtech.challenges.models import Challenge, ChallengeState
from civtech.challenges.models.question import ANSWERERS
from civtech.core.db import Rows, db
from civtech.core.text import N_, Text
from civtech.organisations.models import OrganisationKind
from civtech.people.models import ProgrammeRole, User
from civtech.programmes import queries as programmes
from civtech.programmes.models import Round, RoundState
from civtech.programmes.tasks import ROUNDS
from civtech.web.pagination import PAGE
from civtech.web.tasks import Task, Waiting, brief, task, tasks_of
from civtech.web.translation import ngettext

CHALLENGES = Text(N_("Challenges"))

A_CHALLENGE = brief(reference=Challenge.slug, name=Challenge.question)
"""What a task about one challenge reads of it."""


@task
def write_and_approve(actor: User, _at: datetime) -> Iterator[Task]:
    """Drafts are tasks for authors, challenges sent for approval for approvers, and approved challenges for staff."""
    if not actor.organisations(OrganisationKind.PUBLIC_BODY) and not actor.reach(ProgrammeRole.STAFF):
        return
    states = (ChallengeState.DRAFT, ChallengeState.PROPOSED, ChallengeState.APPROVED)
    ours = queries.managed_by(actor)
    waiting = ours.where(Challenge.state.in_(states)).order_by(Challenge.id).limit(PAGE)
    for challenge in db.session.scalars(queries.in_a_row(waiting)).unique():
        closed = challenge.round.state is RoundState.FINISHED
        if title := _left_behind(actor, challenge) if closed else _waits_for(actor, challenge):
            yield Task(title, url_for("challenges.show", slug=challenge.slug), challenge.sponsor.name, group=CHALLENGES)


def _left_behind(actor: User, challenge: Challenge) -> Text | None:
    """The task for a challenge left in a closed round: move a draft, or send anything else back to become one."""
    question = {"question": challenge.question}
    if challenge.state is not ChallengeState.DRAFT:
        back = Text(N_("Send back “%(question)s” because its round is closed"), question)
        return back if policy.send_back(actor, challenge) else None
    return (
        Text(N_("Move “%(question)s” to another round because its round is closed"), question)
        if policy.move(actor, challenge)
        else None
    )


def _waits_for(actor: User, challenge: Challenge) -> Text | None:
    question = {"question": challenge.question}
    if challenge.state is ChallengeState.DRAFT and policy.revise(actor, challenge):
        if challenge.message:
            return Text(N_("Change “%(question)s”, which was sent back with a message"), question)
        return Text(N_("Finish the draft “%(question)s” and send it for approval"), question)
    if challenge.state is ChallengeState.PROPOSED and policy.approve(actor, challenge):
        return Text(N_("Approve “%(question)s” or send it back"), question)
    if challenge.state is ChallengeState.APPROVED and challenge.rights_are_clear and policy.publish(actor, challenge):
        return Text(N_("Review and publish “%(question)s”"), question)
    return None


def _about_rights(title: str, row: Waiting) -> Task:
    url = url_for("challenges.rights", slug=row.reference)
    return Task(Text(title, {"question": row.name}), url, group=CHALLENGES)


def _rights_to_check(actor: User, _at: datetime) -> Rows | None:
    if not actor.reach(ProgrammeRole.STAFF):
        return None
    return queries.rights_to_check(actor).with_only_columns(*A_CHALLENGE)


@tasks_of(_rights_to_check)
def check_rights(row: Waiting) -> Task:
    """A text with phrases about IP or equity is a task for staff before publication."""
    return _about_rights(N_("Check what “%(question)s” says about intellectual property and equity"), row)


def _rights_checks_to_answer(actor: User, _at: datetime) -> Rows | None:
    if not actor.reach(ProgrammeRole.STAFF):
        return None
    return queries.rights_checks_to_answer(actor).with_only_columns(*A_CHALLENGE)


@tasks_of(_rights_checks_to_answer)
def answer_rights_checks(row: Waiting) -> Task:
    """An exception to the rights rule, or a check of strong phrases, is a task for staff who did not record it."""
    return _about_rights(N_("Approve or refuse what a colleague recorded about the rights in “%(question)s”"), row)


def _to_close(actor: User, at: datetime) -> Rows | None:
    reach = actor.reach(ProgrammeRole.STAFF)
    if not programmes.reaches_rounds(reach):
        return None
    ended = queries.rounds_that_ended(at).where(programmes.within(reach))
    return ended.with_only_columns(*brief(reference=Round.reference, name=Round.name))


@tasks_of(_to_close)
def rounds_to_close(row: Waiting) -> Task:
    """Closing a round is a task for staff once one challenge has run to its end and nothing is open."""
    return Task(
        Text(N_("Close “%(round)s”: all decisions, work and payments are complete"), {"round": row.name}),
        url_for("programmes.finish_round", reference=row.reference),
        group=ROUNDS,
    )


def _with_questions(actor: User, _at: datetime) -> Rows | None:
    if not (bodies := actor.organisation_ids(*ANSWERERS)):
        return None
    count = queries.waiting_questions()
    columns = brief(reference=Challenge.slug, name=Challenge.question, due=Challenge.questions_close_at, number=count)
    return (
        select(*columns)
        .select_from(Challenge)
        .where(Challenge.sponsor_id.in_(bodies), Challenge.state == ChallengeState.PUBLISHED, count > 0)
        .order_by(Challenge.questions_close_at, Challenge.id)
    )


@tasks_of(_with_questions)
def answer_questions(row: Waiting) -> Task:
    """Questions are tasks for the sponsor until questions close. A later answer may come too late for teams."""
    return Task(
        Text(N_("Answer questions about “%(question)s”"), {"question": row.name}),
        url_for("challenges.questions", slug=row.reference),
        ngettext(
            "%(num)s question is waiting for an answer. Everyone will see the answer.",
            "%(num)s questions are waiting for an answer. Everyone will see the answers.",
            row.number or 0,
        ),
        due=row.due,
        group=CHALLENGES,
    )
