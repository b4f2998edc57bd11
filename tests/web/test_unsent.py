"""What someone typed before they had to sign in again is kept, but not without end."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from civtech.core.db import db
from civtech.web import unsent
from civtech.web.unsent import MOST_KEPT, UnsentForm

pytestmark = pytest.mark.both_databases("types")


def test_only_the_latest_forms_of_a_person_are_kept(app: Flask, now: datetime) -> None:
    for number in range(MOST_KEPT + 3):
        with app.test_request_context("/account/name", method="POST", data={"name": f"Name {number}"}):
            unsent.keep("U-1")
            db.session.commit()
    kept = db.session.scalars(select(UnsentForm).order_by(UnsentForm.id)).all()
    assert [form.fields[0][1] for form in kept] == [f"Name {number}" for number in range(3, MOST_KEPT + 3)]
