"""Pages of funded stages."""

from civtech.stages.views import agreements, drawing_up, evidence, milestones
from civtech.stages.views.blueprint import bp

__all__ = ["agreements", "blueprints", "drawing_up", "evidence", "milestones"]

blueprints = [bp]
