"""E8: names are found and sorted by one key that the programme makes, the same on every database."""

import unicodedata
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core.alphabet import folded
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.programmes.models import Round
from tests.factories.people import UserFactory
from tests.support.messages import fragment
from tests.world import Age, World
from tests.world.kept import Worlds

SAME = (
    (
        "Ó Briain",
        "ó briain",
        ["BRIAIN", "Ó"][1] + " BRIAIN",
        unicodedata.normalize("NFD", "Ó BRIAIN"),
        "o briain",
    ),
    ("Straße", "STRASSE", "strasse", "Strasse"),
    ("İstanbul", "istanbul", "ISTANBUL", "\u0131stanbul"),
    ("ΟΔΥΣΣΕΥΣ", "Οδυσσεύς", "οδυσσευσ"),
    ("Łukasz Ødegård", "lukasz odegard", "LUKASZ ODEGÅRD"),
    ("O’Neill", "O'Neill", "oneill", "ONEILL"),
    ("Jean-Luc", "jean luc", "JEAN LUC"),
)


@pytest.mark.parametrize("spellings", SAME, ids=lambda each: folded(each[0]))
def test_e8_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert {folded(spelling) for spelling in spellings} == {folded(spellings[0])}
    assert folded(spellings[0])


def test_e8_different_names_have_different_keys() -> None:
    names = ["Ó Briain", "Ó Bruin", "Ann", "Anna", "王小明", "王大明", "علی", "Οδυσσεύς"]
    assert len({folded(name) for name in names}) == len(names)


@pytest.fixture
def world(worlds: Worlds, now: datetime) -> World:
    return worlds(Age.PREPARED)


@pytest.mark.both_databases("search")
@pytest.mark.parametrize("spellings", SAME, ids=lambda each: folded(each[0]))
def test_e8_a_person_is_found_by_any_spelling(
    world: World, signed_in: Callable[..., FlaskClient], spellings: tuple[str, ...]
) -> None:
    called, *others = spellings
    UserFactory(name=called, email="found@people.example", judge=True, at=world.at)
    UserFactory(name="Nora Nobody", email="other@people.example", judge=True, at=world.at)
    db.session.commit()
    administrator = signed_in(UserFactory(name="Ada Administrator", administrator=True, at=world.at))
    for typed in (called, *others, f"  {called[:5]}  ", "FOUND@people"):
        page = administrator.get("/roles", query_string={"person": typed}).text
        assert called.replace("'", "&#39;") in page, typed
        assert "Nora Nobody" not in page, typed
    assert called not in administrator.get("/roles", query_string={"person": "…"}).text


@pytest.mark.both_databases("ordering")
def test_e8_people_are_sorted_alike_on_every_database(world: World) -> None:
    names = ["Zoe", "ábel", "Abel b", "abel-a", "Øystein", "O’Neill", "oneida", "Österberg", "Anna", "Ann B"]
    people = [UserFactory(name=name, at=world.at) for name in names]
    db.session.commit()
    ids = [person.id for person in people]
    found = db.session.scalars(select(User.name).where(User.id.in_(ids)).order_by(User.sort_key, User.id)).all()
    assert found == ["ábel", "abel-a", "Abel b", "Ann B", "Anna", "oneida", "O’Neill", "Österberg", "Øystein", "Zoe"]


def test_e8_the_key_follows_the_name(world: World) -> None:
    world.stranger.rename("Órla Nic Ghiolla", by=world.stranger, at=world.at)
    db.session.commit()
    assert world.stranger.sort_key == "orla nic ghiolla"
    for kind, name in ((User, User.name), (Organisation, Organisation.legal_name)):
        for called, key in db.session.execute(select(name, kind.sort_key)):
            assert key == folded(called)


@pytest.mark.both_databases("search")
def test_e8_two_rounds_cannot_have_one_name(world: World) -> None:
    rest = {"pathway": world.round.pathway, "currency": world.round.currency, "by": world.staff, "at": world.at}
    Round.create(name="Übung 1", **rest)
    db.session.commit()
    for spelling in ("übung 1", "ÜBUNG 1", "Ubung  1"):
        with pytest.raises(RuleViolation, match=fragment("A round already has this name")):
            Round.create(name=spelling, **rest)
