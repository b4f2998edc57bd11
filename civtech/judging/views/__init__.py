"""The pages of judging."""

from civtech.judging.views import assigning, assignments, conflicts, decisions, panels, queue, rankings
from civtech.judging.views.finders import bp

blueprints = [bp]

__all__ = ["assigning", "assignments", "blueprints", "conflicts", "decisions", "panels", "queue", "rankings"]
