"""Who may do what in judging. Every rule about separation is about persons, whatever their roles."""

from typing import Protocol

from civtech.challenges.models import Challenge
from civtech.core.policy import policy
from civtech.judging.judged_stage import JudgedStage
from civtech.judging.models import Assignment, AssignmentState, Decision, Panel, has_conflict
from civtech.people.models import ProgrammeRole, User


class OfChallenge(Protocol):
    """Something about the judging of one challenge."""

    @property
    def challenge(self) -> Challenge: ...


OVERSEE = (ProgrammeRole.STAFF, ProgrammeRole.AUDITOR)
RUN = (ProgrammeRole.STAFF, ProgrammeRole.SECRETARY)


def stands_apart(actor: User, *, sits: bool, proposed_by_id: int | None = None) -> bool:
    """Whether `actor`, a member of staff, can propose or settle a decision, as far as one row tells (not conflicts)."""
    return not sits and actor.id != proposed_by_id


def decides(actor: User, panel: Panel, *, sits: bool, proposed_by_id: int | None = None) -> bool:
    """The same for anyone, staff or not."""
    return actor.is_staff_of(panel.challenge) and stands_apart(actor, sits=sits, proposed_by_id=proposed_by_id)


@policy
def see_panel(actor: User, judged: JudgedStage) -> bool:
    """Programme staff, auditors and panel secretaries with no conflict of interest in the challenge."""
    return actor.has_for(judged.challenge, *OVERSEE, *RUN)


@policy
def convene_panel(actor: User, judged: JudgedStage) -> bool:
    """Programme staff who were never in a team with a proposal for the challenge or recused from judging it."""
    return actor.is_staff_of(judged.challenge) and not has_conflict(actor, judged.challenge.id)


@policy
def run_panel(actor: User, judged: JudgedStage) -> bool:
    """Programme staff and panel secretaries with no conflict of interest in the challenge."""
    return actor.has_for(judged.challenge, *RUN) and not has_conflict(actor, judged.challenge.id)


@policy
def see_ranking(actor: User, seen: OfChallenge) -> bool:
    """Programme staff and auditors with no conflict of interest. On the panel, they lock all their scorecards first."""
    return actor.has_for(seen.challenge, *OVERSEE)


@policy
def propose_decision(actor: User, panel: Panel) -> bool:
    """Programme staff who are not on the panel and have no conflict of interest in the challenge."""
    return decides(actor, panel, sits=panel.has_seated(actor)) and not has_conflict(actor, panel.challenge_id)


@policy
def see_decision(actor: User, decision: Decision) -> bool:
    """Programme staff and auditors with no conflict of interest. On the panel, they lock all their scorecards first."""
    return actor.has_for(decision.panel.challenge, *OVERSEE)


@policy
def settle_decision(actor: User, decision: Decision) -> bool:
    """Programme staff with no conflict of interest who did not propose it and are not on the panel."""
    sits = decision.panel.has_seated(actor)
    apart = decides(actor, decision.panel, sits=sits, proposed_by_id=decision.proposed_by_id)
    return apart and not has_conflict(actor, decision.panel.challenge_id)


@policy
def release_outcomes(actor: User, decision: Decision) -> bool:
    """Programme staff with no conflict of interest in the challenge."""
    return actor.is_staff_of(decision.panel.challenge) and not has_conflict(actor, decision.panel.challenge_id)


@policy
def see_queue(_actor: User) -> bool:
    """Anyone who is signed in. It lists only what they were asked to judge."""
    return True


@policy
def judge(actor: User, assignment: Assignment) -> bool:
    """The judge whose assignment it is, until they declare a conflict of interest."""
    return actor.id == assignment.judge_id and assignment.state is not AssignmentState.RECUSED
