"""An event lives and dies with the transaction of what it tells of."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from civtech.core import events
from civtech.core.db import db
from civtech.core.events import PlainEvent, emit, record_at_commit

AT = datetime(2027, 3, 12, 12, tzinfo=UTC)


class LeafFell(PlainEvent[None]):
    label = "A leaf fell"


del events.EVENTS["LeafFell"]  # none of the platform's: no page lists it


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the events that are read at the commit, and nobody else reads them."""
    names: list[str] = []
    monkeypatch.setattr(events, "_recorders", [])
    record_at_commit(lambda _session, found: names.extend(event.name for event in found))
    return names


def fall() -> None:
    emit(LeafFell(subject=None, by=None, at=AT))


def test_an_event_is_read_at_the_commit(app: Flask, recorded: list[str]) -> None:
    fall()
    assert recorded == []
    db.session.commit()
    assert recorded == ["LeafFell"]


def test_an_event_before_any_work_in_the_database_dies_with_a_rollback(app: Flask, recorded: list[str]) -> None:
    db.session.rollback()
    fall()
    db.session.rollback()
    db.session.commit()
    assert recorded == []
