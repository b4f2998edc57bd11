"""B5: £1,000,000 read €1,000,000 once PROGRAMME_CURRENCY was changed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import BigInteger, select

from civtech.challenges.models import Challenge, StageBudget
from civtech.core.currency import TAKEN, InCurrency
from civtech.core.db import Model, db
from civtech.core.facts import Amount, Fact, digest_of
from civtech.core.guards import GUARDS
from civtech.core.text import Text
from civtech.funding.models import Release
from civtech.organisations.models import CompanyFigures
from civtech.people.models import User
from civtech.programmes.models import Round, Stage
from civtech.rights.models import RightsStatement
from civtech.stages.models import Milestone, StageAgreement
from civtech.web.starting import refuse_bad_start
from config import Misconfigured, read
from tests.factories.challenges import ChallengeFactory
from tests.factories.people import UserFactory
from tests.factories.programmes import PathwayFactory, RoundFactory
from tests.factories.verbs import DAY
from tests.support.messages import wording
from tests.support.sheet import sheet
from tests.support.sql import refused, without
from tests.world import Age, World, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.usefixtures("now")
Enter = Callable[[User], FlaskClient]
BELOW = ("stage", "stage_budget", "stage_agreement", "milestone", "release", "account", "transfer")


def paid(at: datetime) -> World:
    """A team was paid for one milestone, and another waits for its release."""
    world = build(Age.FUNDED, at, teams=1)
    world.release(world.in_force().milestones[0], paid=True, at=at)
    return world


def with_euros(at: datetime) -> World:
    """The same, and a challenge in a round in euros."""
    world = paid(at)
    other = RoundFactory(name="Round in euros", currency="EUR", by=world.staff, at=world.since, opened=True)
    euros = ChallengeFactory(
        round=other, sponsor=world.body, staff=world.staff, published=True, at=world.since, published_at=at - DAY
    )
    world.organisations["euros"] = euros
    return world


def test_every_table_with_amounts_has_their_currency() -> None:
    holding = {
        mapper.class_
        for mapper in Model.registry.mappers
        if any(isinstance(column.type, BigInteger) and "pence" in column.name for column in mapper.columns)
    }
    assert holding - {noun for noun in holding if issubclass(noun, InCurrency)} == set()
    assert "currency" in CompanyFigures.__table__.columns
    below = {noun.__tablename__ for noun in holding}
    assert below == {column.table.name for column in TAKEN} == set(BELOW)


def test_pages_show_the_amounts_as_they_were_agreed_after_the_setting_has_changed(
    app: Flask, worlds: Worlds, client: FlaskClient, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = worlds(paid)
    (release,) = db.session.scalars(select(Release.reference))
    (agreement,) = db.session.scalars(select(StageAgreement.reference))
    (statement,) = db.session.scalars(select(RightsStatement.reference))
    milestone = db.session.scalars(select(Milestone.reference).order_by(Milestone.number)).first()
    monkeypatch.setitem(app.config, "PROGRAMME_CURRENCY", "EUR")
    finance, owner, acceptor = (signed_in(world.people[who]) for who in ("finance", "company_owner", "acceptor"))
    slug = world.challenge.slug
    for browser, url in (
        (client, "/"),
        (client, "/register"),
        (client, f"/register/{slug}"),
        (client, f"/challenges/{slug}"),
        (finance, "/money"),
        (finance, "/releases"),
        (finance, f"/releases/{release}"),
        (finance, f"/agreements/{agreement}"),
        (acceptor, f"/milestones/{milestone}"),
        (owner, f"/proposals/{world.proposals[0].reference}"),
        (owner, f"/rights-statements/{statement}"),
    ):
        page = browser.get(url).text
        assert "€" not in page, url
        assert "£" in page, url


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("table", ["round", *BELOW])
def test_plain_sql_changes_no_currency(worlds: Worlds, table: str) -> None:
    worlds(paid)
    assert refused(f"UPDATE {table} SET currency = 'EUR'")


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize(
    ("table", "changed"),
    [
        ("stage", {"position": "99", "key": "'x'"}),
        ("stage_budget", {"challenge_id": "-1"}),
        ("stage_agreement", {"proposal_id": "-1", "statement_id": "-1", "reference": "'X'"}),
        ("milestone", {"number": "99", "reference": "'X'"}),
        ("release", {"state": "'refused'", "bank_reference": "NULL", "reference": "'X'"}),
        ("account", {"kind": "'source'"}),
        ("transfer", {"key": "'x'", "kind": "'return'"}),
    ],
)
def test_no_row_begins_in_another_currency_than_its_parent(worlds: Worlds, table: str, changed: dict[str, str]) -> None:
    worlds(paid)
    columns = [column.name for column in Model.metadata.tables[table].columns if column.name not in {"id", "currency"}]
    others = [name for name in GUARDS if GUARDS[name].table == table and "in_one_currency" not in name]
    with without(*others):
        said = refused(
            f"INSERT INTO {table} ({', '.join(columns)}, currency) "
            f"SELECT {', '.join(changed.get(name, name) for name in columns)}, 'EUR' "
            f"FROM {table} WHERE id = (SELECT max(id) FROM {table})"
        )
    assert wording("An amount must be in the currency of its round.") in said


@pytest.mark.both_databases("guards")
def test_money_moves_between_accounts_of_one_currency_only(worlds: Worlds) -> None:
    world = worlds(with_euros)
    euros = f"(SELECT id FROM challenge WHERE reference = '{world.euros.reference}')"
    here = f"(SELECT id FROM challenge WHERE reference = '{world.challenge.reference}')"
    account = "(SELECT min(id) FROM account WHERE kind = '{}' AND challenge_id = {})"
    others = [name for name in GUARDS if GUARDS[name].table == "transfer" and "in_one_currency" not in name]
    for currency in ("GBP", "EUR"):
        with without(*others):
            said = refused(
                "INSERT INTO transfer (kind, debit_id, credit_id, amount_pence, currency, key, moved_at) "
                f"SELECT 'return', {account.format('budget', here)}, {account.format('budget', euros)}, 1, "
                f"'{currency}', 'forged', max(moved_at) FROM transfer"
            )
        assert wording("An amount must be in the currency of its round.") in said


@pytest.mark.parametrize("code", ["gbp", "£", "GB", "G1P", "12A", ""])
@pytest.mark.both_databases("types")
def test_a_currency_has_the_form_of_a_code(worlds: Worlds, code: str) -> None:
    worlds(Age.PREPARED)
    with without("round_begins_as_declared"):
        columns = "pathway_id, state, created_at, changed_at, opened_at, finished_at, version"
        refused(
            f"INSERT INTO round (reference, name, currency, {columns}) "
            f"SELECT 'R-FORGED', 'Forged', '{code}', {columns} FROM round"
        )


def test_the_platform_does_not_start_with_another_currency_than_that_of_its_rounds(
    app: Flask, worlds: Worlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds(paid)
    refuse_bad_start(app)
    monkeypatch.setitem(app.config, "PROGRAMME_CURRENCY", "EUR")
    with pytest.raises(Misconfigured, match="Set PROGRAMME_CURRENCY to GBP"):
        refuse_bad_start(app)
    result = app.test_cli_runner().invoke(args=["worker"])
    assert result.exit_code == 1
    assert "the database holds amounts in GBP" in result.output


def test_a_database_without_rounds_takes_any_currency_and_its_rounds_are_in_it(
    app: Flask, now: datetime, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROGRAMME_CURRENCY", "EUR")
    refuse_bad_start(app)
    pathway = PathwayFactory(at=now)
    staff = signed_in(UserFactory(staff=True, at=now))
    typed = {**sheet(staff.get("/rounds/new")), "name": "Runde 1", "pathway": pathway.reference}
    assert staff.post("/rounds/new", data=typed).status_code == 302
    made = db.session.scalars(select(Round.id).where(Round.name == "Runde 1")).one()
    assert db.session.get_one(Round, made).currency == "EUR"
    assert set(db.session.scalars(select(Stage.currency).where(Stage.round_id == made))) == {"EUR"}


@pytest.mark.parametrize("code", ["pounds", "gbp", "£", "XYZ"])
def test_a_setting_that_is_no_currency_is_refused(code: str) -> None:
    with pytest.raises(Misconfigured, match="PROGRAMME_CURRENCY"):
        read({"PROGRAMME_CURRENCY": code, "CIVTECH_ENV": "testing"})


@pytest.mark.both_databases("queries")
def test_totals_in_two_currencies_are_shown_side_by_side_and_never_added(
    app: Flask, worlds: Worlds, client: FlaskClient, signed_in: Enter
) -> None:
    world = worlds(with_euros)
    pounds, euros = world.challenge.budget_pence, world.euros.budget_pence
    both = f"{(pounds + euros) // 100:,}"
    for page in (client.get("/register").text, signed_in(world.finance).get("/money").text):
        assert f"£{pounds // 100:,}" in page
        assert f"€{euros // 100:,}" in page
        assert both not in page
    assert client.get("/").status_code == 200
    shown = client.get(f"/challenges/{world.euros.slug}").text
    assert "€" in shown
    assert "£" not in shown


def test_a_form_is_in_the_currency_of_its_round_and_takes_its_sign(worlds: Worlds, signed_in: Enter) -> None:
    world = worlds(Age.PREPARED)
    euros = RoundFactory(name="Euros", currency="EUR", by=world.staff, at=world.since)
    db.session.commit()
    staff = signed_in(world.staff)
    url = f"/rounds/{euros.reference}/stages/exploration"
    page = staff.get(url)
    assert '<div class="govuk-input__prefix" aria-hidden="true">€</div>' in page.text
    filled = sheet(page)
    refusal = staff.post(url, data={**filled, "amount": "£6,000"})
    assert refusal.status_code == 422
    assert wording("Enter an amount in %(currency)s, such as 5,000 or 5,000.50.", currency="euros") in refusal.text
    assert "£6,000" in refusal.text, "what was typed stays"
    for typed in ("€6,000", "EUR 6,000", "6000"):
        filled = sheet(staff.get(url))
        assert staff.post(url, data={**filled, "amount": typed}).status_code == 302
        db.session.expire_all()
        of_the_stage = select(Stage.amount_pence).where(Stage.round_id == euros.id, Stage.key == "exploration")
        assert db.session.scalar(of_the_stage) == 600_000


def test_who_saw_an_amount_has_not_seen_it_in_another_currency() -> None:
    seen, other = ([Fact("amount", Text("Amount"), Amount(100, code))] for code in ("GBP", "EUR"))
    assert digest_of(seen) != digest_of(other)
    assert Fact.unpacked(other[0].packed()) == other[0]


def test_a_draft_that_moves_to_a_round_in_another_currency_leaves_its_amounts_behind(worlds: Worlds) -> None:
    world = worlds(Age.PREPARED)
    challenge: Challenge = world.drafted()
    euros = RoundFactory(name="Euros", currency="EUR", by=world.staff, at=world.since)
    db.session.flush()
    challenge.move(to=euros, by=world.author, at=world.at)
    db.session.flush()
    assert db.session.scalars(select(StageBudget).where(StageBudget.challenge_id == challenge.id)).all() == []


@pytest.mark.both_databases("guards")
def test_verify_names_a_row_in_another_currency(app: Flask, worlds: Worlds) -> None:
    worlds(paid)
    others = [name for name in GUARDS if GUARDS[name].table in {"transfer", "release"}]
    with without(*others):
        db.session.execute(db.text("UPDATE transfer SET currency = 'EUR' WHERE kind = 'payment'"))
        db.session.execute(db.text("UPDATE release SET currency = 'USD'"))
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert result.exit_code == 1
    assert "of transfer is in EUR, but what it belongs to is in GBP." in result.output
    assert "of release is in USD" in result.output
