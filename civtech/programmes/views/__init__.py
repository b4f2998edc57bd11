"""The pages of rounds."""

from civtech.core.text import N_
from civtech.programmes import policy
from civtech.programmes.views import rounds, stages
from civtech.web.navigation import navigate

PAGES = (rounds, stages)
blueprints = [rounds.bp]

navigate("account", N_("Rounds"), "programmes.rounds", order=15, shown_to=policy.see_rounds)
