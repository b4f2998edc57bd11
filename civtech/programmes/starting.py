"""The programme's currency is the one that its rounds are in. To change it, begin with another database."""

from sqlalchemy import select

from civtech.core.db import db
from civtech.programmes.models import Round
from civtech.web.display import programme_currency
from civtech.web.starting import before_start


@before_start(Round)
def another_currency() -> str | None:
    """Why not to start: there are rounds in another currency. A database without rounds takes any."""
    setting = programme_currency()
    stored = db.session.scalar(select(Round.currency).where(Round.currency != setting).limit(1))
    if stored is None:
        return None
    return (
        f"PROGRAMME_CURRENCY is {setting}, but the database holds amounts in {stored}. Amounts are not converted. "
        f"Set PROGRAMME_CURRENCY to {stored}, or set DATABASE_URL to a database without rounds."
    )
