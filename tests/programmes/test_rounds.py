"""Staff prepare a round, change every figure, open it, and then nothing moves any more."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.people.models import User
from civtech.programmes import presets
from civtech.programmes.models import CriterionFigures, Pathway, Round, RoundState, Stage, VatBasis
from tests.factories.people import UserFactory
from tests.factories.programmes import RoundFactory
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.support.sql import refused

Enter = Callable[[User], FlaskClient]


@pytest.fixture
def staff(app: Flask, now: datetime) -> User:
    made = UserFactory(name="Stella Staff", staff=True, at=now)
    db.session.commit()
    return made


@pytest.fixture
def prepared(staff: User, now: datetime) -> Round:
    made = RoundFactory(by=staff, at=now, name="Round 12")
    db.session.commit()
    return made


def only() -> Round:
    db.session.expire_all()
    return db.session.scalars(db.select(Round)).unique().one()


def stage_of(key: str) -> Stage:
    return next(stage for stage in only().stages if stage.key == key)


def test_loading_the_pathways_twice_publishes_them_once(app: Flask) -> None:
    runner = app.test_cli_runner()
    first, second = (runner.invoke(args=["pathways", "load"]) for _ in range(2))
    assert (first.exit_code, first.output) == (0, second.output)
    assert [line.split("\t")[0] for line in first.output.splitlines()] == ["civtech", "pcp", "prize", "sbri"]
    assert db.session.query(Pathway).count() == 4


def test_a_changed_preset_becomes_a_new_version_and_leaves_rounds_on_the_old(prepared: Round, now: datetime) -> None:
    pathway = prepared.pathway
    document = {
        "name": pathway.name,
        "description": "Changed.",
        "legal_basis": pathway.legal_basis,
        **pathway.definition,
    }
    assert pathway.differs_from(document)
    assert not pathway.differs_from({**document, "description": pathway.description})
    Pathway.publish(key=pathway.key, number=2, document=document, by=None, at=now)
    db.session.commit()
    assert only().pathway.number == 1


@pytest.mark.parametrize("pathway", ["civtech", "sbri", "pcp", "prize"])
def test_staff_create_a_round_on_each_pathway(app: Flask, staff: User, signed_in: Enter, pathway: str) -> None:
    app.test_cli_runner().invoke(args=["pathways", "load"])
    browser = signed_in(staff)
    sent = {**sheet(browser.get("/rounds/new")), "name": "Round 12", "pathway": f"{pathway}-1"}
    answer = browser.post("/rounds/new", data=sent)
    assert answer.status_code == 302
    page = browser.get(answer.location).text
    for stage in only().stages:
        assert stage.name in page
    assert browser.get("/rounds").status_code == 200


def test_the_figures_of_the_civtech_pathway_stand_on_the_page(prepared: Round, staff: User, signed_in: Enter) -> None:
    page = signed_in(staff).get(f"/rounds/{prepared.reference}").text
    for words in (
        "up to 6 teams",
        "3 teams, £5,000 each, 3 weeks",
        "1 team, £30,000, 17 weeks",
        "up to £650,000",
    ):
        assert words in page


def test_a_round_of_the_same_name_is_refused_beside_its_field(prepared: Round, staff: User, signed_in: Enter) -> None:
    browser = signed_in(staff)
    sent = {**sheet(browser.get("/rounds/new")), "name": "round 12", "pathway": "civtech-1"}
    page = browser.post("/rounds/new", data=sent)
    assert page.status_code == 422
    assert wording("A round already has this name. Enter a different name.") in page.text
    assert sheet(page)["name"] == "round 12"


@pytest.mark.parametrize("sent", [{}, {"name": "x"}, {"pathway": "odd-1", "name": "x" * 5000}])
def test_a_form_that_lacks_something_is_no_error_of_ours(
    prepared: Round, staff: User, signed_in: Enter, sent: dict[str, str]
) -> None:
    assert signed_in(staff).post("/rounds/new", data=sent).status_code == 422


def test_every_figure_can_be_changed_before_the_round_opens(prepared: Round, staff: User, signed_in: Enter) -> None:
    browser = signed_in(staff)
    path = f"/rounds/{prepared.reference}/stages/exploration"
    sent = {
        **sheet(browser.get(path)),
        "teams": "4",
        "amount": "£6,000.50",
        "amount_is_ceiling": "y",
        "vat_basis": "including",
        "weeks": "5",
        "quorum": "3",
        "pass_mark": "55",
        "criteria-0-name": "Fits",
        "criteria-0-weight": "50",
        "criteria-1-weight": "25",
    }
    assert browser.post(path, data=sent).status_code == 302
    stage = stage_of("exploration")
    assert (stage.teams, stage.amount_pence, stage.amount_is_ceiling, stage.vat_basis) == (
        4,
        600050,
        True,
        VatBasis.INCLUDING,
    )
    assert (stage.weeks, stage.quorum, stage.pass_mark) == (5, 3, 55)
    assert [(criterion.name, criterion.weight) for criterion in stage.criteria][:2] == [
        ("Fits", 50),
        ("Deliverable in the accelerator", 25),
    ]
    assert stage.net_amount_pence == 500042


def test_criteria_are_added_and_removed_and_their_weights_add_up(
    prepared: Round, staff: User, signed_in: Enter
) -> None:
    browser = signed_in(staff)
    path = f"/rounds/{prepared.reference}/stages/exploration"
    page = browser.post(path, data={**sheet(browser.get(path)), "more": "1", "teams": "7"})
    assert page.status_code == 200
    sent = sheet(page)
    assert sent["teams"] == "7"
    assert "criteria-3-name" in sent
    sent.pop("more", None)
    blank = {"criteria-0-name": "", "criteria-0-description": "", "criteria-0-weight": "", "criteria-0-threshold": ""}
    added = {"criteria-3-name": "Price", "criteria-3-description": "What it costs.", "criteria-3-weight": "39"}
    page = browser.post(path, data={**sent, **blank, **added})
    assert page.status_code == 422
    assert wording("The weights must add up to 100. They add up to %(total)s now.", total="99") in page.text
    assert browser.post(path, data={**sheet(page), "criteria-3-weight": "40"}).status_code == 302
    assert [
        (criterion.position, criterion.name, criterion.weight) for criterion in stage_of("exploration").criteria
    ] == [
        (1, "Deliverable in the accelerator", 35),
        (2, "Commercial potential", 25),
        (3, "Price", 40),
    ]
    assert stage_of("exploration").teams == 7


@pytest.mark.parametrize(
    ("changed", "anchor"),
    [
        ({"teams": "0"}, "teams"),
        ({"amount": ""}, "amount"),
        ({"amount": "five"}, "amount"),
        ({"vat_basis": "odd"}, "vat_basis"),
        ({"quorum": ""}, "quorum"),
        ({"pass_mark": "101"}, "pass_mark"),
        ({"weeks": "9" * 400}, "weeks"),
        ({"criteria-0-name": ""}, "criteria-0-name"),
        ({"criteria-0-weight": "0"}, "criteria-0-weight"),
        ({"criteria-1-threshold": "6"}, "criteria-1-threshold"),
    ],
)
def test_a_figure_that_cannot_be_is_said_at_its_field(
    prepared: Round, staff: User, signed_in: Enter, changed: dict[str, str], anchor: str
) -> None:
    browser = signed_in(staff)
    path = f"/rounds/{prepared.reference}/stages/exploration"
    page = browser.post(path, data={**sheet(browser.get(path)), **changed})
    assert page.status_code == 422
    assert f'href="#{anchor}"' in page.text
    assert f'id="{anchor}"' in page.text


@pytest.mark.parametrize(
    "key", ["criteria-²-name", "criteria-9999999999999999999-name", "criteria-x-name", "criteria-"]
)
def test_odd_rows_are_passed_over(prepared: Round, staff: User, signed_in: Enter, key: str) -> None:
    browser = signed_in(staff)
    path = f"/rounds/{prepared.reference}/stages/exploration"
    assert browser.post(path, data={**sheet(browser.get(path)), key: "x"}).status_code == 302


def test_nothing_at_all_sent_for_a_stage_is_no_error_of_ours(prepared: Round, staff: User, signed_in: Enter) -> None:
    path = f"/rounds/{prepared.reference}/stages/sift"
    assert signed_in(staff).post(path, data={}).status_code == 422
    assert signed_in(staff).post(path, data={"odd": "1"}).status_code == 422


@pytest.mark.both_databases("locks")
def test_two_who_change_figures_at_once_the_second_sees_what_stands(
    prepared: Round, staff: User, signed_in: Enter, now: datetime
) -> None:
    browser = signed_in(staff)
    path = f"/rounds/{prepared.reference}/stages/exploration"
    sent = {**sheet(browser.get(path)), "weeks": "9"}
    other = {**sheet(browser.get(path)), "weeks": "8"}
    assert browser.post(path, data=other).status_code == 302
    page = browser.post(path, data=sent)
    assert page.status_code == 409
    assert "8 weeks" in page.text
    assert sheet(page)["weeks"] == "9"
    assert browser.post(path, data=sheet(page)).status_code == 302
    assert stage_of("exploration").weeks == 9


def test_opening_restates_what_becomes_fixed_and_then_it_is(prepared: Round, staff: User, signed_in: Enter) -> None:
    browser = signed_in(staff)
    path = f"/rounds/{prepared.reference}/opening"
    stage_path = f"/rounds/{prepared.reference}/stages/exploration"
    stale = {**sheet(browser.get(stage_path)), "weeks": "9"}
    page = browser.get(path)
    assert fragment("The figures of ") + "5" + fragment(" stages and all their criteria will be fixed.") in page.text
    assert browser.post(path, data=sheet(page, path)).status_code == 302
    assert only().state is RoundState.OPEN
    late = browser.post(stage_path, data=stale)
    assert late.status_code == 409
    assert sheet(late)["weeks"] == "9"
    assert "stages/exploration" not in browser.get(f"/rounds/{prepared.reference}").text
    assert browser.get(stage_path).status_code == 302


def test_a_round_is_not_opened_on_other_figures_than_were_seen(prepared: Round, staff: User, signed_in: Enter) -> None:
    browser = signed_in(staff)
    path = f"/rounds/{prepared.reference}/opening"
    seen = sheet(browser.get(path), path)
    stage_path = f"/rounds/{prepared.reference}/stages/exploration"
    browser.post(stage_path, data={**sheet(browser.get(stage_path)), "weeks": "9"})
    page = browser.post(path, data=seen)
    assert page.status_code == 409
    assert only().state is RoundState.PREPARED


@pytest.mark.both_databases("guards")
def test_a_round_without_fitting_weights_does_not_open(prepared: Round, staff: User, signed_in: Enter) -> None:
    db.session.execute(text("UPDATE criterion SET weight = weight + 1 WHERE position = 1"))
    db.session.commit()
    browser = signed_in(staff)
    path = f"/rounds/{prepared.reference}/opening"
    page = browser.post(path, data=sheet(browser.get(path), path))
    assert page.status_code == 422
    assert wording("The weights for “%(stage)s” must add up to 100.", stage="Sift") in page.text


def test_an_open_round_is_closed_once(prepared: Round, staff: User, signed_in: Enter, now: datetime) -> None:
    prepared.open(by=staff, at=now)
    db.session.commit()
    browser = signed_in(staff)
    path = f"/rounds/{prepared.reference}/completion"
    sent = sheet(browser.get(path), path)
    assert browser.post(path, data=sent).status_code == 302
    assert only().state is RoundState.FINISHED
    assert browser.post(path, data={"seen": only().version}).status_code == 409


def test_rounds_are_for_staff_and_auditors(
    prepared: Round, client: FlaskClient, signed_in: Enter, now: datetime
) -> None:
    stranger = signed_in(UserFactory(name="Sam Stranger", at=now))
    auditor = signed_in(UserFactory(name="Audrey Auditor", auditor=True, at=now))
    path = f"/rounds/{prepared.reference}"
    assert client.get(path).status_code == 302
    assert stranger.get(path).status_code == 404
    assert auditor.get(path).status_code == 200
    assert auditor.get(f"{path}/opening").status_code == 403
    assert auditor.post(f"{path}/opening").status_code == 403
    assert "/opening" not in auditor.get(path).text


def test_an_empty_list_of_rounds_teaches(staff: User, signed_in: Enter) -> None:
    page = signed_in(staff).get("/rounds").text
    assert wording("No rounds yet") in page
    assert "/rounds/new" in page
    assert (
        wording("The platform’s operator must load the pathways with the command “flask pathways load”.")
        in signed_in(staff).get("/rounds/new").text
    )


def test_staff_are_told_of_rounds_in_preparation(prepared: Round, staff: User, signed_in: Enter) -> None:
    assert (
        wording("Check the figures for “%(name)s” and open the round", name="Round 12")
        in signed_in(staff).get("/home").text
    )


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stage SET weeks = 1",
        "DELETE FROM criterion",
        "UPDATE criterion SET weight = 1",
        "INSERT INTO criterion (stage_id, position, name, description, weight, threshold, version) "
        "SELECT id, 99, 'n', 'd', 1, 0, 1 FROM stage",
        "UPDATE round SET state = 'prepared', opened_at = NULL",
        "UPDATE round SET state = 'odd'",
        "UPDATE round SET opened_at = NULL",
        "DELETE FROM stage WHERE NOT EXISTS (SELECT 1 FROM criterion WHERE criterion.stage_id = stage.id)",
        "UPDATE pathway SET name = 'Another'",
    ],
)
def test_once_open_the_database_refuses(prepared: Round, staff: User, now: datetime, statement: str) -> None:
    prepared.open(by=staff, at=now)
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement))


@pytest.mark.both_databases("guards")
def test_a_round_begins_in_preparation(prepared: Round, now: datetime) -> None:
    columns = "pathway_id, created_at, changed_at, opened_at, finished_at, version, currency"
    for state in ("'open'", "'finished'"):
        assert wording("A new round must start in preparation.") in refused(
            f"INSERT INTO round (reference, name, state, {columns}) "
            f"SELECT 'R-FORGED', 'Forged', {state}, {columns} FROM round"
        )


def test_once_open_the_verbs_refuse(prepared: Round, staff: User, now: datetime) -> None:
    stage = prepared.stages[0]
    prepared.open(by=staff, at=now)
    with pytest.raises(WrongState):
        stage.judge_by([CriterionFigures("n", "d", 100)], by=staff, at=now)
    with pytest.raises(WrongState):
        stage.change_figures(
            teams=1,
            amount_pence=None,
            amount_is_ceiling=False,
            vat_basis=VatBasis.EXCLUDING,
            weeks=1,
            quorum=1,
            pass_mark=0,
            by=staff,
            at=now,
        )


def test_criteria_of_one_name_are_refused(prepared: Round, staff: User, now: datetime) -> None:
    with pytest.raises(RuleViolation):
        prepared.stages[0].judge_by(
            [CriterionFigures("Same", "d", 50), CriterionFigures("same", "d", 50)], by=staff, at=now
        )


@pytest.mark.parametrize("number", [1, 4])
def test_what_a_stage_is_for_says_the_figures_as_they_stand(
    prepared: Round, staff: User, signed_in: Enter, number: int
) -> None:
    browser = signed_in(staff)
    address = f"/rounds/{prepared.reference}"
    browser.post(
        f"{address}/stages/interview",
        data={**sheet(browser.get(f"{address}/stages/interview")), "teams": str(number)},
    )
    goes_on = (
        wording("%(num)s team goes through to “%(stage)s”.", num=1, stage="Interview")
        if number == 1
        else wording("Up to %(num)s teams go through to “%(stage)s”.", num=4, stage="Interview")
    )
    assert goes_on in browser.get(address).text
    assert goes_on in browser.get(f"{address}/stages/sift").text
    assert (
        wording("Up to %(num)s teams go through to “%(stage)s”.", num="3", stage="Exploration")
        in browser.get(f"{address}/stages/interview").text
    )


def test_no_preset_says_a_figure_in_words_that_staff_can_change() -> None:
    numbers = re.compile(r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|dozen)\b", re.IGNORECASE)
    said = [stage["purpose"] for document in presets.documents().values() for stage in document["stages"]]
    assert [purpose for purpose in said if numbers.search(purpose)] == []
