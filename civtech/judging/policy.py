"""Who may, in judging. Every rule about separation is a rule about persons, whatever roles they hold."""

from civtech.accounts.models import User
from civtech.core.policy import policy
from civtech.judging.models import Assignment, AssignmentState, Decision, Panel, has_conflict
from civtech.judging.place import Place


@policy
def see_panel(actor: User, _place: Place) -> bool:
    """Programme staff and auditors, unless they have a conflict of interest in the challenge."""
    return actor.is_staff or actor.is_auditor


@policy
def run_panel(actor: User, place: Place) -> bool:
    """Programme staff, unless they belong to a team that answered the challenge or were recused from judging it."""
    return actor.is_staff and not has_conflict(actor, place.challenge.id)


@policy
def see_ranking(actor: User, _panel: Panel) -> bool:
    """Programme staff and auditors, unless they have a conflict of interest in the challenge."""
    return actor.is_staff or actor.is_auditor


@policy
def propose_decision(actor: User, panel: Panel) -> bool:
    """Programme staff, unless they belong to a team that answered the challenge or were recused from judging it."""
    return actor.is_staff and not has_conflict(actor, panel.challenge_id)


@policy
def see_decision(actor: User, _decision: Decision) -> bool:
    """Programme staff and auditors, unless they have a conflict of interest in the challenge."""
    return actor.is_staff or actor.is_auditor


@policy
def settle_decision(actor: User, decision: Decision) -> bool:
    """Programme staff other than who proposed the decision, without a conflict of interest in the challenge."""
    return (
        actor.is_staff and actor.id != decision.proposed_by_id and not has_conflict(actor, decision.panel.challenge_id)
    )


@policy
def release_outcomes(actor: User, decision: Decision) -> bool:
    """Programme staff without a conflict of interest in the challenge."""
    return actor.is_staff and not has_conflict(actor, decision.panel.challenge_id)


@policy
def see_queue(_actor: User) -> bool:
    """Anyone who is signed in; it lists only what they were asked to judge themselves."""
    return True


@policy
def judge(actor: User, assignment: Assignment) -> bool:
    """The judge whose assignment it is, until they declare a conflict of interest."""
    return actor.id == assignment.judge_id and assignment.state is not AssignmentState.RECUSED
