"""The page on who may what says every rule and everything open to everybody, once, in words that everybody reads."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech import create_app
from civtech.core.db import db
from civtech.core.policy import POLICIES, Proof
from civtech.oversight import access
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant
from civtech.web import catalogues
from tests.support.demonstration import demonstration_settings
from tests.support.markup import parsed
from tests.support.messages import wording

PAGE = "/about/access"


def rows(page: str) -> Iterator[tuple[str, list[str], str]]:
    """The part, the acts and the rest of every row."""
    document = parsed(page)
    for part in document.iter("section"):
        title = "".join(next(part.iter("h2")).itertext())
        for row in part.iter("div"):
            acts = [text.strip() for text in next(row.iter("dt")).itertext()]
            yield title, acts, " ".join(" ".join(next(row.iter("dd")).itertext()).split())


def test_every_rule_stands_there_once_with_all_it_governs(client: FlaskClient, app: Flask) -> None:
    told = [row for row in rows(client.get(PAGE).text) if row[0] != wording("Open to everyone, and why")]
    areas = access.rules(app)
    assert sorted(rule.name for found in areas.values() for rule in found) == sorted(POLICIES)
    assert [(title, acts) for title, acts, _said in told] == [
        (title, list(rule.acts)) for title, found in areas.items() for rule in found
    ]
    rules = [rule for found in areas.values() for rule in found]
    assert all(said.startswith(rule.sentence) for (_t, _a, said), rule in zip(told, rules, strict=True))
    endpoints = [acts for _title, found, _said in told for acts in found]
    assert len(endpoints) == len(set(endpoints)) == len({way.endpoint for way in access.ways(app) if way.policy})


def test_everything_public_stands_there_once_with_its_reason(client: FlaskClient, app: Flask) -> None:
    told = [row for row in rows(client.get(PAGE).text) if row[0] == wording("Open to everyone, and why")]
    public = {way.endpoint: ([way.act], way.because) for way in access.ways(app) if not way.policy}
    assert sorted((acts, said) for _title, acts, said in told) == sorted(public.values())
    assert all(because for _act, because in public.values())


def test_every_page_and_act_has_words_of_its_own(app: Flask, folder: Path) -> None:
    demonstration = create_app(demonstration_settings(f"sqlite:///{folder}/none.db", folder))
    acts = {way.endpoint: way.act for way in access.ways(demonstration)}
    assert all(acts.values())
    assert len(set(acts.values())) == len(acts)


def test_every_noun_has_its_place(app: Flask) -> None:
    placed = {noun for _title, nouns in access.AREAS for noun in nouns}
    assert {way.package for way in access.ways(app) if way.policy} == placed


def test_the_parts_follow_the_life_of_a_challenge(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    titles = list(dict.fromkeys(title for title, _acts, _said in rows(page)))
    assert titles[3:6] == [wording("Rounds and stages"), wording("Challenges and questions"), "Proposals"]
    anchors = re.findall(r'<li><a class="govuk-link" href="#([\w-]+)">([^<]+)<', page)
    assert [unescape(title) for _place, title in anchors] == titles
    assert [place for place, _title in anchors if f'id="{place}"' not in page] == []


def test_it_says_what_is_asked_for_besides(client: FlaskClient, app: Flask) -> None:
    told = {acts[0]: said for _title, acts, said in rows(client.get(PAGE).text)}
    assert told[wording("Approve a release of money")].endswith(f"{access.ASKED_FOR[Proof.DUTY]} {access.ASKED_ANEW}")
    assert told[wording("View a proposal")].endswith(access.ASKED_FOR[Proof.DUTY])
    assert told[wording("Confirm it’s you")].endswith(access.ASKED_FOR[Proof.SESSION])
    anew = {rule.name for found in access.rules(app).values() for rule in found if access.ASKED_ANEW in rule.asks}
    assert anew == {name for name, policy in POLICIES.items() if policy.fresh}


def test_it_has_no_words_of_engineers(client: FlaskClient, app: Flask) -> None:
    document = parsed(client.get(PAGE).text)
    words = " ".join(next(document.iter("main")).itertext())
    names = {way.endpoint for way in access.ways(app) if "." in way.endpoint} | set(POLICIES)
    paths = {way.path for way in access.ways(app) if len(way.path) > 1}
    assert [name for name in names | paths if name in words] == []
    assert re.findall(r"\b(?:GET|POST|endpoint|route|policy|predicate|noun)\b|\w_\w|</?\w", words) == []


def test_every_word_of_it_goes_through_the_catalogue(app: Flask) -> None:
    known = catalogues.messages_of(catalogues.extract())
    said = {policy.sentence for policy in POLICIES.values()} | {way.act for way in access.ways(app)}
    said |= {page.because for page in access.open_pages(app)} | {title for title, _nouns in access.AREAS}
    assert said - known == set()


@pytest.mark.parametrize("page", ["/how-it-works", "/"])
def test_the_way_there_is_on_the_pages_about_the_platform(client: FlaskClient, page: str) -> None:
    assert f'href="{PAGE}"' in client.get(page).text


def test_auditors_are_shown_the_way_there(app: Flask, now: datetime, signed_in: Callable[[User], FlaskClient]) -> None:
    person = User.register(name="Ada Auditor", email="ada@people.example", confirmed_at=now, at=now)
    RoleGrant.by_operator(person, ProgrammeRole.AUDITOR, at=now)
    db.session.commit()
    for page in ("/home", "/audit"):
        assert f'href="{PAGE}">{wording("Who can see and do what")}</a>' in signed_in(person).get(page).text
