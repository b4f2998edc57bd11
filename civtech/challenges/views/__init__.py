"""The pages of challenges and their questions."""

from civtech.challenges.policy import OVERSEE
from civtech.challenges.views import (
    answering,
    approval,
    asking,
    drafting,
    managing,
    moving,
    public,
    publication,
    rights,
)
from civtech.challenges.views.page import bp
from civtech.core.text import N_
from civtech.organisations.models import OrganisationKind
from civtech.web.navigation import navigate

PAGES = (answering, approval, asking, drafting, managing, moving, public, publication, rights)
blueprints = [bp]

navigate("main", N_("Challenges"), "challenges.index", order=10)
navigate(
    "account",
    N_("Our challenges"),
    "challenges.manage",
    order=14,
    shown_to=lambda actor: bool(actor.organisations(OrganisationKind.PUBLIC_BODY)),
)
navigate(
    "account",
    N_("All challenges"),
    "challenges.manage",
    order=14,
    shown_to=lambda actor: actor.reach(*OVERSEE).everywhere,
)
navigate(
    "account",
    N_("Your challenges"),
    "challenges.manage",
    order=14,
    shown_to=lambda actor: bool(reach := actor.reach(*OVERSEE)) and not reach.everywhere,
)
