"""What the platform does not start with."""

from flask import current_app

from civtech.core.db import db
from civtech.people import queries
from civtech.people.demonstration import DOMAIN
from civtech.people.models import User
from civtech.web.starting import before_start


@before_start(User)
def invented_people() -> str | None:
    """Why not to start: production has people of the demonstration, whose password is public."""
    if current_app.config["CIVTECH_ENV"] != "production":
        return None
    if db.session.scalar(queries.with_address_at(DOMAIN).limit(1)) is None:
        return None
    return (
        f"The database holds people of the demonstration (addresses at {DOMAIN}), whose password is public. "
        "Production does not start with it. Set DATABASE_URL to a database without them."
    )
