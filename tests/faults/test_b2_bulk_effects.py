"""B2: an act that changes several records says so first, record by record, and changes nothing that it did not say."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import WrongState
from civtech.funding.models import Release
from civtech.organisations.models import Membership, Organisation, OrganisationKind
from civtech.privacy.models import ErasureRequest
from civtech.programmes.models import unfinished_in
from civtech.stages.models import AgreementState, MilestoneState
from tests.factories.proposals import ProposalFactory
from tests.factories.verbs import DAY
from tests.seen.scene import to
from tests.support.markup import parsed
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.support.sql import refused
from tests.world import Age
from tests.world.kept import Worlds

LATER = date(2027, 3, 12)


@pytest.fixture
def world(worlds: Worlds, app, now):
    return worlds(Age.FUNDED, teams=2)


def with_a_later_milestone(world, team):
    """An agreement in force. Its first milestone is overdue, its second is due in eleven days."""
    agreement = world.in_force(team)
    to(agreement.milestones[1], due_on=LATER).make()
    return agreement


def decided(world):
    """An approved decision at the end of the stage: the first team goes through, the second does not."""
    world.convene("exploration", at=world.at - DAY)
    for judge in world.judges:
        for proposal in world.proposals:
            points = 4 if proposal is world.proposals[0] else 3
            world.assignment(judge, proposal, locked=True, points=points, reason="Sound.", at=world.at - DAY)
    decision = world.decided(world.proposals[:1], release=False, departure="As talked through.", at=world.at - DAY)
    decision.approve(by=world.colleague, at=world.at - DAY)
    db.session.commit()
    return decision


def test_a_milestone_whose_date_has_not_come_outlives_the_stage(world):
    first, second = (with_a_later_milestone(world, team) for team in world.proposals)
    decided(world).release(by=world.staff, at=world.at)
    db.session.commit()
    assert (first.state, second.state) == (AgreementState.COMPLETED, AgreementState.STOPPED)
    for agreement in (first, second):
        assert [each.state for each in agreement.milestones] == [MilestoneState.UNDELIVERED, MilestoneState.DUE]
    later = second.milestones[1]
    later.deliver(evidence="All junctions.", link=None, by=world.rival_owner, at=world.at + DAY)
    later.send_back(reason="Which?", by=world.acceptor, at=world.at + 2 * DAY)
    assert later.state is MilestoneState.DUE, "it can be sent again until its date"
    later.deliver(evidence="Three junctions.", link=None, by=world.rival_owner, at=world.at + 3 * DAY)
    db.session.flush()
    later.accept(by=world.acceptor, at=world.at + 4 * DAY)
    db.session.flush()
    assert Release.propose(milestone=later, by=world.staff, at=world.at + 5 * DAY).amount_pence == later.amount_pence


def test_the_page_names_team_sum_and_date_of_each_milestone_and_binds_them(world, signed_in):
    first, second = (with_a_later_milestone(world, team) for team in world.proposals)
    decision = decided(world)
    staff, url = signed_in(world.staff), f"/decisions/{decision.reference}"
    page = staff.get(url)
    for agreement in (first, second):
        assert (
            wording(
                "Milestone %(number)s of %(company)s (%(reference)s)",
                number=1,
                company=agreement.company.name,
                reference=agreement.reference,
            )
            in page.text
        )
        assert "11 February 2027: ends as not delivered, and £2,000 excluding VAT goes back to the budget" in page.text
        assert "12 March 2027: the team can still send evidence, and £3,000 excluding VAT stays committed" in page.text
    form = sheet(page, "/release")
    overdue = first.milestones[0]
    overdue.deliver(evidence="At last.", link=None, by=world.company_owner, at=world.at)
    db.session.commit()
    answer = staff.post(f"{url}/release", data=form)
    assert answer.status_code == 409
    assert f"({first.reference}): removed." in answer.text
    assert staff.post(f"{url}/release", data=sheet(answer, "/release")).status_code == 302
    db.session.expire_all()
    assert overdue.state is MilestoneState.DELIVERED


def test_an_agreement_that_is_not_in_force_is_named_before_it_lapses(world, signed_in):
    world.in_force(world.proposals[0])
    offered = world.offered(world.proposals[1])
    page = signed_in(world.staff).get(f"/decisions/{decided(world).reference}")
    assert offered.reference in page.text
    assert wording("lapses, because it is not in force") in page.text


def test_what_outlived_its_stage_keeps_the_round_open_and_ends_only_after_its_date(world, signed_in):
    first, _second = (with_a_later_milestone(world, team) for team in world.proposals)
    decided(world).release(by=world.staff, at=world.at)
    db.session.commit()
    later = first.milestones[1]
    titles = [kind.title.message for kind in unfinished_in(world.round, world.at)]
    assert wording("Milestones that are still due in stages that are over") in titles
    with pytest.raises(WrongState, match=fragment("The due date of this milestone has not passed")):
        later.give_up(by=world.staff, at=world.at + 11 * DAY)
    db.session.rollback()
    staff, url = signed_in(world.staff), f"/milestones/{later.reference}"
    assert wording("End this milestone") not in staff.get(url).text
    with clock.at(world.at + timedelta(days=12)):
        assert staff.post(f"{url}/end", data=sheet(staff.get(url), "/end")).status_code == 302
    db.session.expire_all()
    assert later.state is MilestoneState.UNDELIVERED


def test_returning_evidence_after_the_stage_says_that_it_ends_the_milestone(world, signed_in):
    agreement = world.in_force(world.proposals[0])
    milestone = agreement.milestones[0]
    milestone.deliver(evidence="Late.", link=None, by=world.company_owner, at=world.at)
    db.session.flush()
    url = f"/milestones/{milestone.reference}/return"
    acceptor = signed_in(world.acceptor)
    opened_before = acceptor.get(url)
    assert wording("If you return it, the milestone ends and the budget gets back") not in opened_before.text
    agreement.complete(by=world.staff, at=world.at)
    db.session.commit()
    answer = acceptor.post(url, data=sheet(opened_before) | {"reason": "Which?"})
    assert answer.status_code == 409
    assert wording("If you return it, the milestone ends and the budget gets back") in answer.text
    assert sheet(answer)["reason"] == "Which?"
    assert acceptor.post(url, data=sheet(answer)).status_code == 302


def test_cancelling_names_the_proposals_and_the_money_that_it_ends(worlds, app, now, signed_in):
    world = worlds(Age.PUBLISHED)
    world.submitted()
    world.started(world.rival)
    page = signed_in(world.approver).get(f"/challenges/{world.challenge.slug}/cancellation").text
    for label in ("Proposals submitted", "Drafts and withdrawn proposals", "Questions without an answer", "Budget"):
        assert wording(label) in page


@pytest.mark.both_databases("guards")
def test_the_database_ends_no_milestone_before_its_date(world):
    milestone = with_a_later_milestone(world, world.proposals[0]).milestones[1]
    end = "UPDATE milestone SET state = 'undelivered', ended_at = '2027-03-12 23:00:00.000000' WHERE id = :id"
    assert wording("The due date of this milestone has not passed, so the team can still send evidence.") in refused(
        end, id=milestone.id
    )


def test_erasing_a_person_names_each_role_that_ends_and_what_is_deleted_and_binds_it(worlds, app, now, signed_in):
    world = worlds(Age.PUBLISHED)
    person = world.company_editor
    Organisation.create(kind=OrganisationKind.COMPANY, legal_name="Alone Ltd", by=person, at=world.at)
    request = ErasureRequest.ask(by=person, at=world.at - 20 * DAY)
    db.session.commit()
    steward = signed_in(world.staff)
    page = steward.get("/data-protection")
    for role, name in (("Editor", world.company.name), ("Owner", "Alone Ltd")):
        assert wording("%(role)s of %(organisation)s", role=role, organisation=name) in page.text
    assert wording("Drafts that are deleted") not in page.text
    form = sheet(page, "/erasure")
    alone = db.session.scalars(select(Organisation).where(Organisation.legal_name == "Alone Ltd")).one()
    ProposalFactory(challenge=world.challenge, organisation=alone, by=person, title="Kelp", at=world.at)
    db.session.commit()
    url = f"/data-protection/requests/{request.reference}/erasure"
    answer = steward.post(url, data=form)
    assert answer.status_code == 409
    assert wording("Drafts that are deleted") in answer.text
    assert "Kelp" not in answer.text
    shown = " ".join("".join(parsed(answer.text).itertext()).split())
    assert wording("Drafts that are deleted") + " 1 " in shown
    assert steward.post(url, data=sheet(answer, "/erasure")).status_code == 302
    assert (
        db.session.scalars(select(Membership).where(Membership.user_id == person.id, Membership.is_held())).all() == []
    )
