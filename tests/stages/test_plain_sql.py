"""Agreements, milestones and evidence withstand plain SQL."""

from datetime import datetime

import pytest
from sqlalchemy import select

from civtech.core.db import db
from civtech.rights.models import RightsStatement
from civtech.stages.models import StageAgreement
from tests.support.messages import fragment, wording
from tests.support.sql import done, refused
from tests.world import Age, World, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards")


def at_work(at: datetime) -> World:
    """The first team has an agreement in force."""
    world = build(Age.FUNDED, at, teams=2)
    world.in_force()
    return world


@pytest.fixture
def world(request: pytest.FixtureRequest, worlds: Worlds, now):
    return worlds(at_work) if "agreement" in request.fixturenames else worlds(Age.FUNDED, teams=2)


@pytest.fixture
def agreement(world):
    return db.session.scalars(select(StageAgreement)).unique().one()


def test_an_agreement_comes_into_force_only_with_its_rights_statement(world):
    agreement = world.offered()
    sql = "UPDATE stage_agreement SET state = 'active', activated_at = offered_at WHERE id = :id"
    assert fragment("Both sides must accept the rights statement first") in refused(sql, id=agreement.id)
    agreement.statement.accept_for_company(by=world.company_owner, at=agreement.offered_at)
    assert fragment("Both sides must accept the rights statement first") in refused(sql, id=agreement.id)


def test_an_agreement_does_not_borrow_the_statement_of_another_team(world, agreement):
    other = world.offered(world.proposals[1])
    assert refused(
        "UPDATE stage_agreement SET statement_id = :statement WHERE id = :id",
        statement=agreement.statement_id,
        id=other.id,
    )


@pytest.mark.parametrize(
    ("stage", "state"), [("accelerator", "draft"), ("interview", "draft"), ("exploration", "offered")]
)
def test_an_agreement_is_for_a_team_that_was_chosen_and_begins_as_a_draft(world, agreement, stage, state):
    team = world.proposals[1]
    statement = RightsStatement.draw_up(proposal=team, stage=world.stage(stage), by=world.staff, at=world.at)
    db.session.flush()
    copied = "amount_pence, vat_pence, starts_on, ends_on, drafted_at, offered_at, version, currency"
    assert fragment("An agreement must start as a draft") in refused(
        f"INSERT INTO stage_agreement ({copied}, proposal_id, statement_id, stage_id, reference, state) "
        f"SELECT {copied}, :proposal, :statement, :stage, 'G-FORGED', :state FROM stage_agreement WHERE id = :id",
        proposal=team.id,
        statement=statement.id,
        stage=world.stage(stage).id,
        state=state,
        id=agreement.id,
    )


@pytest.mark.parametrize(
    "change",
    [
        "amount_pence = 1",
        "vat_pence = 1",
        "ends_on = '2029-01-01'",
        "stage_id = (SELECT id FROM stage WHERE key = 'accelerator')",
        "activated_at = offered_at",
        "state = 'offered', activated_at = NULL",
        "state = 'draft', activated_at = NULL",
        "state = 'lapsed', activated_at = NULL, ended_at = activated_at",
    ],
)
def test_an_agreement_in_force_is_fixed(world, agreement, change):
    assert refused(f"UPDATE stage_agreement SET {change} WHERE id = :id", id=agreement.id)


def test_an_offer_is_the_sum_of_its_milestones_within_the_limits(world):
    agreement = world.agreement()
    offer = (
        "UPDATE stage_agreement SET state = 'offered', offered_at = drafted_at, vat_number = 'GB980780684' "
        "WHERE id = :id"
    )
    assert fragment("An offer must equal the total") in refused(offer, id=agreement.id)
    done("UPDATE rights_statement SET offered_at = drawn_up_at WHERE id = :id", id=agreement.statement_id)
    done("UPDATE stage_agreement SET amount_pence = 500001 WHERE id = :id", id=agreement.id)
    assert fragment("An offer must equal the total") in refused(offer, id=agreement.id)
    done("UPDATE milestone SET amount_pence = 300001 WHERE agreement_id = :id AND number = 2", id=agreement.id)
    assert fragment("An offer must equal the total") in refused(offer, id=agreement.id), "the stage pays £5,000 at most"
    done("UPDATE milestone SET amount_pence = 300000 WHERE agreement_id = :id AND number = 2", id=agreement.id)
    done("UPDATE stage_agreement SET amount_pence = 500000 WHERE id = :id", id=agreement.id)
    done(offer, id=agreement.id)


def test_agreements_are_kept(world, agreement):
    assert refused("DELETE FROM stage_agreement WHERE id = :id", id=agreement.id)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE milestone SET amount_pence = 250000, vat_pence = 50000 WHERE agreement_id = :id AND number = 1",
        "UPDATE milestone SET title = 'Easier' WHERE agreement_id = :id AND number = 1",
        "UPDATE milestone SET success_criteria = 'Anything' WHERE agreement_id = :id AND number = 1",
        "UPDATE milestone SET due_on = '2029-01-01' WHERE agreement_id = :id AND number = 1",
        "DELETE FROM milestone WHERE agreement_id = :id AND number = 1",
        "INSERT INTO milestone (reference, agreement_id, number, state, title, success_criteria, due_on, amount_pence, "
        "vat_per_cent, vat_pence, version, currency) SELECT 'M-FORGED', agreement_id, 9, 'planned', title, success_criteria, due_on, "  # noqa: E501
        "amount_pence, vat_per_cent, vat_pence, 1, currency FROM milestone WHERE agreement_id = :id AND number = 1",
    ],
)
@pytest.mark.parametrize("state", ["offered", "active"])
def test_milestones_are_fixed_once_offered(world, sql, state):
    agreement = world.offered() if state == "offered" else world.in_force()
    assert wording("The agreement has been offered, so its milestones cannot change.") in refused(sql, id=agreement.id)


def test_vat_is_what_its_rate_makes_it(world):
    agreement = world.agreement()
    assert "vat_is_worked_out" in refused(
        "UPDATE milestone SET vat_pence = 1 WHERE agreement_id = :id AND number = 1", id=agreement.id
    )


def test_work_waits_for_the_agreement(world):
    agreement = world.offered()
    milestone = agreement.milestones[0]
    assert fragment("agreement is in force") in refused(
        "UPDATE milestone SET state = 'due' WHERE id = :id", id=milestone.id
    )
    assert wording("Only the company can send evidence, and only while the agreement is in force.") in refused(
        "INSERT INTO deliverable (reference, milestone_id, number, state, evidence, delivered_at, delivered_by_id) "
        "SELECT 'E-FORGED', :id, 1, 'delivered', 'x', offered_at, :owner FROM stage_agreement WHERE id = :agreement",
        id=milestone.id,
        owner=world.company_owner.id,
        agreement=agreement.id,
    )


@pytest.mark.parametrize("who", ["company_viewer", "rival_owner", "staff"])
def test_evidence_is_handed_in_by_the_company(world, agreement, who):
    assert wording("Only the company can send evidence, and only while the agreement is in force.") in refused(
        "INSERT INTO deliverable (reference, milestone_id, number, state, evidence, delivered_at, delivered_by_id) "
        "SELECT 'E-FORGED', :id, 1, 'delivered', 'x', activated_at, :who FROM stage_agreement WHERE id = :agreement",
        id=agreement.milestones[0].id,
        who=world.people[who].id,
        agreement=agreement.id,
    )


def test_a_milestone_is_not_accepted_without_accepted_evidence(world, agreement):
    milestone = agreement.milestones[0]
    accept = "UPDATE milestone SET state = 'accepted', accepted_at = :at, accepted_by_id = :who WHERE id = :id"
    at = "(SELECT activated_at FROM stage_agreement WHERE id = agreement_id)"
    sql = accept.replace(":at", at)
    assert refused(sql, who=world.acceptor.id, id=milestone.id)
    milestone.deliver(evidence="Done.", link=None, by=world.company_owner, at=world.at)
    assert fragment("can accept evidence") in refused(sql, who=world.acceptor.id, id=milestone.id)


@pytest.mark.parametrize("who", ["staff", "author", "company_editor"])
def test_evidence_is_accepted_by_the_public_body(world, agreement, who):
    milestone = agreement.milestones[0]
    milestone.deliver(evidence="Done.", link=None, by=world.company_owner, at=world.at)
    done(
        "UPDATE deliverable SET state = 'accepted', decided_at = delivered_at, decided_by_id = :who WHERE milestone_id = :id",  # noqa: E501
        who=world.people[who].id,
        id=milestone.id,
    )
    assert fragment("can accept evidence") in refused(
        "UPDATE milestone SET state = 'accepted', accepted_by_id = :who, accepted_at = "
        "(SELECT decided_at FROM deliverable WHERE milestone_id = milestone.id) WHERE id = :id",
        who=world.people[who].id,
        id=milestone.id,
    )


def test_who_delivered_does_not_decide(world, agreement):
    milestone = agreement.milestones[0]
    milestone.deliver(evidence="Done.", link=None, by=world.company_owner, at=world.at)
    assert "decided_by_another_person" in refused(
        "UPDATE deliverable SET state = 'accepted', decided_at = delivered_at, decided_by_id = delivered_by_id "
        "WHERE milestone_id = :id",
        id=milestone.id,
    )


@pytest.mark.parametrize(
    "change",
    [
        "evidence = 'Better'",
        "link = 'https://other.example'",
        "delivered_at = '2020-01-01 00:00:00+00:00'",
        "state = 'delivered', decided_at = NULL, decided_by_id = NULL",
    ],
)
def test_evidence_stays_as_it_was(world, agreement, change):
    world.accepted(agreement.milestones[0])
    assert wording("Evidence cannot be changed once it is sent. Someone decides on it once.") in refused(
        f"UPDATE deliverable SET {change} WHERE milestone_id = :id", id=agreement.milestones[0].id
    )
    assert wording("Evidence cannot be deleted.") in refused(
        "DELETE FROM deliverable WHERE milestone_id = :id", id=agreement.milestones[0].id
    )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/x", " https://example.org"])
def test_a_link_is_of_the_web(world, agreement, link):
    milestone = agreement.milestones[0]
    assert "link_is_of_the_web" in refused(
        "INSERT INTO deliverable (reference, milestone_id, number, state, evidence, link, delivered_at, delivered_by_id) "  # noqa: E501
        "SELECT 'E-FORGED', :id, 1, 'delivered', 'x', :link, activated_at, :who FROM stage_agreement WHERE id = :agreement",  # noqa: E501
        id=milestone.id,
        link=link,
        who=world.company_owner.id,
        agreement=agreement.id,
    )


def test_an_accepted_milestone_stays_accepted(world, agreement):
    milestone = world.accepted(agreement.milestones[0])
    for change in ("state = 'due', accepted_at = NULL, accepted_by_id = NULL", "accepted_by_id = :who"):
        values = {"who": world.approver.id} if "who" in change else {}
        assert refused(f"UPDATE milestone SET {change} WHERE id = :id", id=milestone.id, **values)
