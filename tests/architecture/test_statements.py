"""How many SQL statements the busiest pages need in total. The packages’ own tests compare 10 and 1,000 rows."""

import shutil

import pytest
from sqlalchemy import Engine, event, func, select

from civtech import create_app
from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.judging.models import Panel
from civtech.proposals.models import Proposal
from tests.support.client import Client
from tests.support.demonstration import demonstration_settings, everybody


@pytest.fixture(scope="module")
def busy(demonstration_file, folder):
    """The application, everyone's clients, and the judged challenge with most proposals."""
    copy = shutil.copy(demonstration_file, folder / "statements.db")
    app = create_app(demonstration_settings(f"sqlite:///{copy}", folder))
    app.test_client_class = Client
    app.login_manager.session_protection = None
    with app.app_context():
        panel = (
            db.session.scalars(
                select(Panel)
                .join(Proposal, Proposal.challenge_id == Panel.challenge_id)
                .group_by(Panel.id)
                .order_by(func.count().desc(), Panel.id)
            )
            .unique()
            .first()
        )
        found = panel.challenge.slug, panel.stage.key
        db.session.remove()
    yield app, everybody(app), *found
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def cost(client, url) -> int:
    count = 0

    def note(_connection, _cursor, statement, *_rest):
        nonlocal count
        count += statement != "BEGIN"

    client.get(url)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        answer = client.get(url)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert answer.status_code == 200, url
    return count


def test_the_public_list_costs_at_most_four_statements(busy):
    _app, clients, _slug, _stage = busy
    assert cost(clients["visitor"], "/challenges") <= 4


def test_the_challenge_page_costs_at_most_five_statements(busy):
    app, clients, slug, _stage = busy
    assert cost(clients["visitor"], f"/challenges/{slug}") <= 5
    with app.app_context():
        slugs = db.session.scalars(select(Challenge.slug).where(Challenge.state == "published")).all()
        db.session.remove()
    assert {cost(clients["visitor"], f"/challenges/{other}") for other in slugs} <= {1, 2, 3, 4, 5}


def test_the_staff_list_costs_at_most_five_statements(busy):
    _app, clients, slug, _stage = busy
    staff = next(client for who, client in clients.items() if who.startswith("staff."))
    assert cost(staff, f"/challenges/{slug}/proposals") <= 5


def test_the_ranking_costs_at_most_four_statements(busy):
    _app, clients, slug, stage = busy
    staff = next(client for who, client in clients.items() if who.startswith("staff."))
    assert cost(staff, f"/challenges/{slug}/panels/{stage}/ranking") <= 4
