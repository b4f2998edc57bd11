"""Flask-Security's access to our people."""

from typing import Any

from flask_security import SQLAlchemyUserDatastore

from civtech.core import clock
from civtech.core.db import db
from civtech.people.models import User, people


class People(SQLAlchemyUserDatastore):
    """The people of `people.models`. They have no Flask-Security roles, so there is no role model."""

    def __init__(self) -> None:
        super().__init__(db, User, None)  # type: ignore[arg-type]

    def commit(self) -> None:
        """Do nothing: the request commits, so that a change, its event and its email succeed or fail together."""

    def find_user(self, case_insensitive: bool = False, **wanted: object) -> User | None:
        """The person found by one column. Addresses are in lower case in the database."""
        ((column, value),) = wanted.items()
        value = str(value).lower() if case_insensitive else value
        return db.session.scalars(people().where(getattr(User, column) == value)).unique().first()

    def create_user(self, **details: Any) -> User:
        """Register a person through the model, so that there is an event."""
        return User.register(at=clock.now(), **details)
