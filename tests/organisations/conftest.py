"""The people and mails of the tests of people."""

from tests.people.conftest import body, company, happened, outbox, person, staff

__all__ = ["body", "company", "happened", "outbox", "person", "staff"]
