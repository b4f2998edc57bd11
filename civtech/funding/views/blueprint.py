"""The blueprint of money, and how its views find things."""

from flask import Blueprint

from civtech.core.db import first_or_404
from civtech.funding import queries
from civtech.funding.models import Release
from civtech.web.actor import actor

bp = Blueprint("funding", __name__)


def find_release(reference: str) -> Release:
    """Return the release with this reference, if the actor may see it."""
    return first_or_404(queries.to_open(actor(), reference))
