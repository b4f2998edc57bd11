"""Who may do what with challenges and their questions."""

from civtech.challenges.models import Challenge, Question, RightsCheck, Tie, has_tie
from civtech.challenges.models import cancellation as sides
from civtech.challenges.models.question import ANSWERERS
from civtech.core.policy import asks, policy
from civtech.organisations.models import Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, User

AUTHORS, APPROVERS = sides.AUTHORS, sides.APPROVERS
OVERSEE = (ProgrammeRole.STAFF, ProgrammeRole.AUDITOR)


def sponsors_of(actor: User) -> list[Organisation]:
    """The public bodies for which `actor` can draft a challenge."""
    return [body for body in actor.organisations(OrganisationKind.PUBLIC_BODY) if actor.acts_for(body, *AUTHORS)]


@policy
def draft(actor: User) -> bool:
    """Owners and authors of a public body."""
    return bool(sponsors_of(actor))


@policy
def manage(actor: User) -> bool:
    """Members of a public body, programme staff and auditors. Each sees their own list."""
    return bool(actor.reach(*OVERSEE) or actor.organisations(OrganisationKind.PUBLIC_BODY))


@policy
def revise(actor: User, challenge: Challenge) -> bool:
    """Owners and authors of the sponsor."""
    return actor.acts_for(challenge.sponsor_id, *AUTHORS)


@policy
def propose(actor: User, challenge: Challenge) -> bool:
    """Owners and authors of the sponsor."""
    return actor.acts_for(challenge.sponsor_id, *AUTHORS)


@policy
def approve(actor: User, challenge: Challenge) -> bool:
    """Owners and approvers of the sponsor, except the person who sent it for approval."""
    return actor.acts_for(challenge.sponsor_id, *APPROVERS) and actor.id != challenge.proposed_by_id


@policy
def move(actor: User, challenge: Challenge) -> bool:
    """Owners and authors of the sponsor, and programme staff."""
    return actor.is_staff_of(challenge) or actor.acts_for(challenge.sponsor_id, *AUTHORS)


@policy
def send_back(actor: User, challenge: Challenge) -> bool:
    """Owners and approvers of the sponsor, and programme staff."""
    return actor.is_staff_of(challenge) or actor.acts_for(challenge.sponsor_id, *APPROVERS)


@asks(fresh=True)
@policy
def publish(actor: User, challenge: Challenge) -> bool:
    """Programme staff who have not acted for the sponsor at any time since the first draft."""
    return actor.is_staff_of(challenge) and not has_tie(actor, challenge.id, Tie.SPONSOR)


@policy
def check_rights(actor: User, challenge: Challenge) -> bool:
    """Programme staff who have not acted for the sponsor at any time since the first draft."""
    return actor.is_staff_of(challenge) and not has_tie(actor, challenge.id, Tie.SPONSOR)


@policy
def withdraw_rights_check(actor: User, check: RightsCheck) -> bool:
    """Programme staff who have not acted for the sponsor at any time since the first draft."""
    return actor.is_staff_of(check.challenge) and not has_tie(actor, check.challenge_id, Tie.SPONSOR)


@asks(fresh=True)
@policy
def answer_rights_check(actor: User, check: RightsCheck) -> bool:
    """Programme staff who have never acted for the sponsor, except the person who recorded the check."""
    may = actor.is_staff_of(check.challenge) and not has_tie(actor, check.challenge_id, Tie.SPONSOR)
    return may and actor.id != check.recorded_by_id


@policy
def cancel(actor: User, challenge: Challenge) -> bool:
    """Owners and approvers of the sponsor, and programme staff, who were never in a team with a proposal for it."""
    may = actor.is_staff_of(challenge) or actor.acts_for(challenge.sponsor_id, *APPROVERS)
    return may and not has_tie(actor, challenge.id, Tie.TEAM)


@policy
def see_questions(actor: User, challenge: Challenge) -> bool:
    """Members of the sponsor, programme staff and auditors. They cannot see who asked."""
    return actor.has_for(challenge, *OVERSEE) or actor.acts_for(challenge.sponsor_id)


@policy
def ask(actor: User, challenge: Challenge) -> bool:
    """Anyone who is signed in and does not act for the sponsor."""
    return not actor.acts_for(challenge.sponsor_id)


@policy
def give_answer(actor: User, question: Question) -> bool:
    """Owners, authors and approvers of the sponsor who were never in a team with a proposal for the challenge."""
    challenge = question.challenge
    return actor.acts_for(challenge.sponsor_id, *ANSWERERS) and not has_tie(actor, challenge.id, Tie.TEAM)
