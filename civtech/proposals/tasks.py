"""Tasks about proposals."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.challenges.models import Challenge
from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.core.workflow import possible
from civtech.people.models import ProgrammeRole, User
from civtech.proposals import at_home, policy, queries
from civtech.proposals.models import Opening, Proposal, ProposalState
from civtech.web.tasks import Task, Waiting, brief, task, tasks_of

YOUR_PROPOSALS = Text(N_("Your proposals"))
OPENINGS = Text(N_("Opening of proposals"))
ASK = Text(N_("Request the opening of the proposals"))
CONFIRM = Text(N_("Confirm the opening of the proposals"))


@task
def proposals_to_send(actor: User, at: datetime) -> Iterator[Task]:
    """Drafts to finish and changes to submit, while their challenges are open."""
    if not (teams := actor.organisation_ids(*policy.WRITERS)):
        return
    for proposal in at_home.still_open(actor, at):
        title = _what_is_left(proposal, at) if proposal.organisation_id in teams else None
        if title:
            yield Task(
                title=title,
                url=url_for("proposals.show", reference=proposal.reference),
                about=proposal.challenge.question,
                due=proposal.challenge.closes_at,
                group=YOUR_PROPOSALS,
            )


def _what_is_left(proposal: Proposal, at: datetime) -> Text | None:
    named = {"title": proposal.draft_title}
    if proposal.state is ProposalState.SUBMITTED and not proposal.has_unsubmitted_changes:
        return None
    left = len(proposal.missing())
    if left == 0 and not possible(proposal, "submit", at):
        return Text(N_("Find out why you cannot submit “%(title)s” yet"), named)
    if proposal.state is ProposalState.SUBMITTED:
        return Text(N_("Submit your changes to “%(title)s”: your earlier submission still counts"), named)
    if left == 0:
        return Text(N_("Submit “%(title)s”: every section is written"), named)
    if left == 1:
        return Text(N_("Finish “%(title)s”: one section is left"), named)
    return Text(N_("Finish “%(title)s”: %(left)s sections are left"), {**named, "left": left})


def _to_open(actor: User, at: datetime) -> Rows | None:
    if not actor.reach(ProgrammeRole.STAFF):
        return None
    columns = brief(reference=Challenge.slug, about=Challenge.question, number=Opening.id)
    return queries.waiting_for_opening(actor, at).with_only_columns(*columns)


@tasks_of(_to_open)
def openings_to_make(row: Waiting) -> Task:
    """Openings to request, and openings that another member of staff requested."""
    return Task(
        ASK if row.number is None else CONFIRM,
        url_for("proposals.opening", slug=row.reference),
        row.about,
        group=OPENINGS,
    )
