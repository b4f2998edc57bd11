"""What happens next to a proposal, as far as we know now."""

from collections.abc import Iterator

from flask import url_for

from civtech.core.db import NamedRow
from civtech.proposals.models import ProposalState
from civtech.stages.models import AgreementState, MilestoneState
from civtech.transparency.history import Happening, in_time
from civtech.transparency.timeline.course import Course
from civtech.web.display import end_of
from civtech.web.translation import gettext


def ahead(course: Course) -> list[Happening]:
    """Return what happens next, as far as we know now."""
    return in_time(list(_next(course)))


def _next(course: Course) -> Iterator[Happening]:
    proposal, challenge = course.proposal, course.proposal.challenge
    if challenge.ended_because is not None:
        return
    if challenge.closes_at and challenge.closes_at > course.at:
        if proposal.state is ProposalState.SUBMITTED:
            yield Happening(
                challenge.closes_at,
                gettext("Challenge closes"),
                gettext("You can replace or withdraw your proposal until then."),
            )
            yield Happening(
                None,
                gettext("Two members of staff open the proposals"),
                gettext("No one outside your team can read your proposal before that."),
            )
        else:
            yield Happening(challenge.closes_at, gettext("Deadline to submit"))
        return
    if proposal.state is not ProposalState.SUBMITTED:
        return
    if course.opened_at is None:
        yield Happening(
            None, gettext("Two members of staff open the proposals"), gettext("The panel then reads and scores them.")
        )
        return
    if any(not outcome.goes_on for outcome in course.outcomes):
        return
    yield from _in_the_stage(course)


def _in_the_stage(course: Course) -> Iterator[Happening]:
    stages = course.proposal.challenge.round.stages
    position = max((outcome.position for outcome in course.outcomes), default=0) + 1
    stage = next((stage for stage in stages if stage.position == position), None)
    if stage is None:
        return
    judged = gettext("%(stage)s: outcomes released to all applicants at the same time", stage=stage.name)
    if not stage.is_funded:
        yield Happening(None, judged, gettext("You’ll get feedback on your own proposal."))
        return
    agreement = next((agreement for agreement in course.agreements if agreement.position == position), None)
    if agreement is None:
        yield Happening(None, gettext("%(stage)s: programme staff draft your agreement", stage=stage.name))
    elif agreement.state is AgreementState.OFFERED:
        yield from _to_accept(agreement)
    elif agreement.state is AgreementState.ACTIVE:
        yield from _to_deliver(course)
        if stage.position < len(stages):
            yield Happening(
                None, judged, gettext("Teams are judged at the end of the stage to decide which go through.")
            )


def _to_accept(agreement: NamedRow) -> Iterator[Happening]:
    page = url_for("rights.statement", reference=agreement.statement)
    if agreement.company_accepted_at is None:
        yield Happening(None, gettext("The company accepts the rights statement"), url=page)
    if agreement.body_accepted_at is None:
        yield Happening(None, gettext("The public body accepts the rights statement"), url=page)
    yield Happening(
        None,
        gettext("The agreement comes into force"),
        gettext("Work then begins, and its money is set aside for you."),
    )


def _to_deliver(course: Course) -> Iterator[Happening]:
    released = {release.milestone_id: release for release in course.releases}
    for milestone in course.milestones:
        page = url_for("stages.milestone", reference=milestone.reference)
        release = released.get(milestone.id)
        if milestone.state is MilestoneState.DUE:
            title = gettext("Milestone %(number)s is due", number=milestone.number)
            yield Happening(end_of(milestone.due_on), title, milestone.title, page)
        elif milestone.state is MilestoneState.DELIVERED:
            yield Happening(
                None, gettext("The sponsor reviews milestone %(number)s", number=milestone.number), url=page
            )
        elif milestone.state is MilestoneState.ACCEPTED and release is None:
            title = gettext(
                "Two members of programme staff release the money for milestone %(number)s", number=milestone.number
            )
            yield Happening(None, title, url=page)
        elif release is not None and release.paid_at is None:
            yield Happening(None, gettext("Finance pays milestone %(number)s", number=milestone.number), url=page)
