"""The people and mails of the tests of people."""

from flask.testing import FlaskClient

from tests.people.conftest import body, company, happened, outbox, person, staff
from tests.support.sheet import sheet

__all__ = ["body", "company", "happened", "outbox", "person", "staff"]


def seen(client: FlaskClient, page: str) -> dict[str, str]:
    """What the form for an organisation's details carries of the details that it showed."""
    return {"seen": sheet(client.get(f"{page}/edit"))["seen"]}
