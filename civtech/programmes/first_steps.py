"""The first step for programme staff: a round."""

from collections.abc import Iterator

from flask import url_for

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.people.models import User
from civtech.programmes.queries import visible_to
from civtech.web.registries import FirstStep, first_step


@first_step
def first_round(person: User) -> Iterator[FirstStep]:
    """Creating a round, for staff of a programme that never had one."""
    if person.is_staff and db.session.scalars(visible_to(person).limit(1)).first() is None:
        yield FirstStep(
            Text(N_("Create the first round")),
            Text(
                N_(
                    "A round sets the stages, money and criteria that its challenges share. Public bodies can draft "
                    "challenges as soon as it exists. You open it when its figures are right."
                )
            ),
            url_for("programmes.new_round"),
            Text(N_("Create a round")),
        )
