"""Who views which challenge as which role, and the stand-in for that role."""

from civtech.viewing.models import guards
from civtech.viewing.models.role import SeenRole
from civtech.viewing.models.stand_in import StandIn, stand_in
from civtech.viewing.models.viewing import LASTS, Viewing, viewing_of

__all__ = ["LASTS", "SeenRole", "StandIn", "Viewing", "guards", "stand_in", "viewing_of"]
