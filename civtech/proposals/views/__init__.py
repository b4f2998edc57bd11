"""The pages of proposals."""

from civtech.core.text import N_
from civtech.proposals.views import opening, receiving, starting, team, writing  # noqa: F401
from civtech.proposals.views.finding import bp
from civtech.web.navigation import navigate

blueprints = [bp]

navigate("main", N_("My proposals"), "proposals.mine", order=40, shown_to=lambda actor: actor.is_authenticated)
