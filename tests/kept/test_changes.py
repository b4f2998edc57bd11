"""Everything that changes what visitors see shows on their next request, also when another process changed it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import current_app

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from civtech.funding.models import Release
from civtech.judging.models import Decision, DecisionState
from civtech.organisations.models import CompanyFigures, Figures
from civtech.people.models import User, people
from civtech.privacy.models import Erasure, ErasureGround
from civtech.proposals.models import Opening
from tests.factories.challenges import QuestionFactory
from tests.factories.verbs import DAY
from tests.support.sessions import session_of
from tests.world import Age, World


def publish(world: World) -> None:
    world.published(question="How can ferries say when they are late?")


def answer(world: World) -> None:
    QuestionFactory(challenge=world.challenge, answered=True, at=world.at - DAY)


def cancel(world: World) -> None:
    world.challenge.cancel(message="The money is gone.", by=world.approver, at=world.at)


def open_proposals(world: World) -> None:
    at = world.challenge.closes_at + timedelta(hours=1)
    opening = Opening.request(challenge=world.challenge, by=world.staff, at=at)
    db.session.flush()
    opening.confirm(by=world.colleague, at=at)


def agree(world: World) -> None:
    world.in_force()


def propose_release(world: World) -> Release:
    return world.release(world.in_force().milestones[0])


def approved_release(world: World) -> Release:
    release = propose_release(world)
    release.approve(by=world.colleague, at=world.at)
    return release


def approve_release(world: World, release: Release) -> None:
    release.approve(by=world.colleague, at=world.at)


def pay_release(world: World, release: Release) -> None:
    release.pay(bank_reference="BACS-000001", by=world.finance, at=world.at)


def decision(world: World) -> Decision:
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    made = world.decided(world.proposals, release=False)
    if made.state is not DecisionState.APPROVED:
        made.approve(by=world.colleague, at=world.at)
    return made


def release_outcomes(world: World, made: Decision) -> None:
    made.release(by=world.staff, at=world.at)


def rename_sponsor(world: World) -> None:
    number = {"identifier_scheme": world.body.identifier_scheme, "identifier_number": world.body.identifier_number}
    world.body.change(legal_name="Southern Roads", trading_name=None, about="", **number, by=world.head, at=world.at)


def state_figures(world: World) -> None:
    company = world.proposals[0].organisation
    figures = Figures(3000, 900_000_000_00, 900_000_000_00)
    CompanyFigures.state(company, figures, year=world.at.year, by=world.company_owner, at=world.at)


def erase(world: World) -> None:
    Erasure.carry_out(world.stranger, ground=ErasureGround.OPERATOR, by=None, at=world.at)


FRONT, LIST, REGISTER = "/", "/challenges", "/register"
PUBLIC_CHANGES = (
    (Age.PUBLISHED, publish, (FRONT, LIST, REGISTER, "/challenges?phase=open")),
    (Age.PUBLISHED, answer, (FRONT, LIST, "/challenges/{slug}")),
    (Age.PUBLISHED, cancel, (FRONT, LIST, REGISTER, "/challenges/{slug}", "/register/{slug}")),
    (Age.FUNDED, agree, (FRONT, REGISTER, "/challenges/{slug}", "/register/{slug}", "/rights")),
    (Age.PUBLISHED, rename_sponsor, (FRONT, LIST, REGISTER, "/challenges/{slug}", "/register/{slug}")),
)


STEPS = (
    (Age.FUNDED, propose_release, approve_release, (FRONT, REGISTER, "/register/{slug}")),
    (Age.FUNDED, approved_release, pay_release, (REGISTER, "/register/{slug}")),
    (Age.RECEIVED, decision, release_outcomes, ("/register/{slug}",)),
)
"""Changes that follow another by themselves."""


def addresses(world: World, patterns: tuple[str, ...]) -> list[str]:
    return [pattern.format(slug=world.challenge.slug) for pattern in patterns]


@pytest.mark.both_databases("types")
@pytest.mark.parametrize(
    ("age", "act", "pages"), PUBLIC_CHANGES, ids=[act.__name__ for _age, act, _pages in PUBLIC_CHANGES]
)
def test_a_change_shows_on_the_next_request(
    worlds: Any, visiting: Any, now: Any, age: Age, act: Callable[[World], None], pages: tuple[str, ...]
) -> None:
    world = worlds(age)
    visitor = visiting()
    urls = addresses(world, pages)
    before = {url: visitor.get(url).text for url in urls}
    assert [url for url in urls if visitor.builds(url)] == []
    act(world)
    db.session.commit()
    after = {url: visitor.get(url).text for url in urls}
    assert [url for url in urls if after[url] == before[url]] == []
    assert after == {url: visitor.fresh(url).text for url in urls}


@pytest.mark.parametrize(("age", "before", "act", "pages"), STEPS, ids=[act.__name__ for _, _, act, _ in STEPS])
def test_each_step_shows_on_the_next_request(
    worlds: Any,
    visiting: Any,
    now: Any,
    age: Age,
    before: Callable[[World], Any],
    act: Callable[[World, Any], None],
    pages: tuple[str, ...],
) -> None:
    world = worlds(age)
    thing = before(world)
    visitor = visiting()
    urls = addresses(world, pages)
    shown = {url: visitor.get(url).text for url in urls}
    act(world, thing)
    db.session.commit()
    after = {url: visitor.get(url).text for url in urls}
    assert [url for url in urls if after[url] == shown[url]] == []
    assert after == {url: visitor.fresh(url).text for url in urls}


@pytest.mark.parametrize("act", [state_figures, erase, open_proposals])
def test_what_may_change_pages_makes_them_new(
    worlds: Any, visiting: Any, now: Any, act: Callable[[World], None]
) -> None:
    world = worlds(Age.PUBLISHED if act is open_proposals else Age.FUNDED)
    visitor = visiting()
    assert visitor.builds(REGISTER)
    assert not visitor.builds(REGISTER)
    with clock.at(world.challenge.closes_at + DAY) if act is open_proposals else clock.at(world.at):
        act(world)
        db.session.commit()
    assert visitor.builds(REGISTER)


def test_a_submission_leaves_every_page_as_it_is(worlds: Any, visiting: Any, now: Any) -> None:
    world = worlds(Age.PUBLISHED)
    visitor = visiting()
    urls = addresses(world, (FRONT, LIST, REGISTER, "/challenges/{slug}", "/register/{slug}"))
    for url in urls:
        visitor.get(url)
    proposal = world.submitted()
    db.session.commit()
    proposal.withdraw(by=world.company_owner, at=world.at)
    world.asked()
    db.session.commit()
    assert [url for url in urls if visitor.builds(url)] == []
    assert {url: visitor.get(url).text for url in urls} == {url: visitor.fresh(url).text for url in urls}


def test_a_change_while_a_page_is_built_shows_on_the_next_request(
    worlds: Any, visiting: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is built from what was there before the change, and kept after it."""
    world, app = worlds(Age.PUBLISHED), current_app._get_current_object()  # type: ignore[attr-defined]
    number, canceller = world.challenge.id, world.approver.id
    visitor = visiting()
    slow = visitor.app.view_functions["public.front"]

    def overtaken() -> object:
        built = slow()
        meanwhile = threading.Thread(target=elsewhere)
        meanwhile.start()
        meanwhile.join()
        return built

    def elsewhere() -> None:
        with app.app_context(), clock.at(now):
            who = db.session.scalars(people().where(User.id == canceller)).unique().one()
            db.session.get_one(Challenge, number).cancel(message="The money is gone.", by=who, at=now)
            db.session.commit()

    overtaken.keepable = ()  # type: ignore[attr-defined]
    overtaken.grant = slow.grant  # type: ignore[attr-defined]
    url = f"/challenges/{world.challenge.slug}"
    before = visitor.get(url).text
    monkeypatch.setitem(visitor.app.view_functions, "public.front", overtaken)
    old = visitor.get(FRONT).text
    monkeypatch.setitem(visitor.app.view_functions, "public.front", slow)
    assert visitor.get(FRONT).text == visitor.fresh(FRONT).text != old
    assert visitor.get(url).text == visitor.fresh(url).text != before


def test_what_is_rolled_back_changes_nothing(worlds: Any, visiting: Any, now: Any) -> None:
    world = worlds(Age.PUBLISHED)
    visitor = visiting()
    visitor.get(LIST)
    cancel(world)
    db.session.flush()
    db.session.rollback()
    assert not visitor.builds(LIST)


def test_a_signed_in_person_neither_gets_a_kept_page_nor_leaves_one(worlds: Any, visiting: Any, now: Any) -> None:
    world = worlds(Age.PUBLISHED)
    visitor = visiting()
    url = f"/challenges/{world.challenge.slug}"
    identity, name = world.approver.fs_uniquifier, world.approver.name
    held = session_of(identity)
    db.session.commit()
    own = visitor.app.test_client()
    with own.session_transaction() as session:
        session.update(held)
    first = own.get(url)
    assert name in first.text
    assert first.headers["Cache-Control"] == "private, no-store"
    assert len(visitor.store) == 0
    assert name not in visitor.get(url).text
    again = own.get(url, headers={"Accept-Encoding": "gzip", "If-None-Match": "*"})
    assert name in again.text
    assert "ETag" not in again.headers
    assert "Content-Encoding" not in again.headers
