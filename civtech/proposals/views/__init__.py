"""The pages of proposals."""

from civtech.core.text import N_
from civtech.organisations.models import OrganisationKind
from civtech.people.models import ProgrammeRole, User
from civtech.proposals.views import opening, receiving, starting, team, writing  # noqa: F401
from civtech.proposals.views.finding import bp
from civtech.web.navigation import navigate

blueprints = [bp]


def answers_challenges(actor: User) -> bool:
    """Whether the actor has proposals or may want to start one. Not for people of public bodies or the programme."""
    if not actor.is_authenticated:
        return False
    if actor.organisations(OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL):
        return True
    return not actor.organisations() and not actor.reach(*ProgrammeRole)


navigate("main", N_("My proposals"), "proposals.mine", order=40, shown_to=answers_challenges)
