"""Flask-Security's way to our people."""

from typing import Any

from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db
from civtech.people.models import User


class People(SQLAlchemyUserDatastore):
    """The people of `people.models`. They have no roles in Flask-Security's sense, so there is no role model."""

    def __init__(self) -> None:
        super().__init__(db, User, None)  # type: ignore[arg-type]

    def commit(self) -> None:
        """Leave it to the request: a change, its event and its mail stand or fall together."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> User | None:
        """The person by one column; addresses are stored in lower case."""
        ((column, value),) = wanted.items()
        value = value.lower() if case_insensitive else value
        return db.session.scalars(select(User).where(getattr(User, column) == value)).unique().first()

    def create_user(self, **details: Any) -> User:
        """Register a person through the model, so that it is an event."""
        return User.register(at=clock.now(), **details)
