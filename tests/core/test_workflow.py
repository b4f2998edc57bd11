from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypedDict

import pytest

from civtech.core import workflow
from civtech.core.errors import WrongState
from civtech.core.events import EVENTS, Event, PlainEvent
from civtech.core.state import State
from civtech.core.workflow import condition, moves_of, possible, transition, why_not

NOW = datetime(2027, 3, 12, 12, tzinfo=UTC)


class DoorState(State):
    OPEN = "open", "Open", "green"
    SHUT = "shut", "Shut", "red"


class HandFacts(TypedDict):
    hand: str


class DoorShut(Event["Door", HandFacts]):
    label = "The door was shut"


class DoorRattled(PlainEvent["Door"]):
    label = "Somebody rattled at the door"


for mine in (DoorShut, DoorRattled):  # else the audit page of a later test would offer them as filters
    del EVENTS[mine.__name__]


@condition("The hinges are rusty.", records=DoorRattled)
def hinges_move(door: "Door", _at: datetime) -> bool:
    return not door.rusty


@dataclass
class Door:
    state: DoorState = DoorState.OPEN
    rusty: bool = False
    hands: list[str] = field(default_factory=list)

    @transition(DoorState.OPEN, to=DoorState.SHUT, emits=DoorShut, when=hinges_move)
    def shut(self, *, by: str, at: datetime) -> HandFacts:
        """Close it."""
        self.hands.append(by)
        return {"hand": by}


@pytest.fixture
def emitted(monkeypatch):
    happened: list[Event] = []
    monkeypatch.setattr(workflow, "emit", happened.append)
    return happened


def test_a_legal_move_changes_the_state_and_emits_its_event_with_the_facts(emitted):
    door = Door()
    door.shut(by="ann", at=NOW)
    assert door.state is DoorState.SHUT
    assert emitted == [DoorShut(subject=door, by="ann", at=NOW, facts={"hand": "ann"})]


def test_a_move_from_another_state_is_refused_and_changes_nothing(emitted):
    door = Door(state=DoorState.SHUT)
    with pytest.raises(WrongState, match="now “Shut”"):
        door.shut(by="ann", at=NOW)
    assert (door.hands, emitted) == ([], [])


def test_a_condition_that_fails_says_why_and_brings_the_attempt_to_be_recorded(emitted):
    door = Door(rusty=True)
    with pytest.raises(WrongState, match="rusty") as refused:
        door.shut(by="ann", at=NOW)
    assert refused.value.recorded == DoorRattled(subject=door, by="ann", at=NOW)
    assert emitted == []


def test_a_move_can_be_asked_for_without_making_it():
    assert possible(Door(), "shut", NOW)
    assert not possible(Door(state=DoorState.SHUT), "shut", NOW)
    assert str(why_not(Door(rusty=True), "shut", NOW)) == "The hinges are rusty."


def test_the_moves_of_a_noun_are_data():
    (move,) = moves_of(Door)
    assert (move.verb, move.sources, move.to, move.emits) == ("shut", (DoorState.OPEN,), DoorState.SHUT, DoorShut)


def test_an_event_without_a_label_is_refused():
    with pytest.raises(TypeError, match="label"):
        type("Unlabelled", (Event,), {})
