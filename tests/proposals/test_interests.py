"""Nobody answers a question they ask themselves, or one of a programme they run."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.references import new_token
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, User
from civtech.proposals.models import Proposal, ProposalState
from civtech.proposals.models.bound import submitted
from civtech.roles.models import RoleGrant
from civtech.web.seen import token
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.support.sql import joined_anyway
from tests.world import World

SignIn = Callable[[User], FlaskClient]
ASKS = wording("You act, or acted, for the public body that set this challenge, so you cannot answer it.")
RUNS = wording("You work for the programme, so you cannot answer its challenges.")
SHARES = fragment("The organisation cannot answer the challenge while they belong to it.")


def own_company(world: World, person: User) -> Organisation:
    made = Organisation.create(kind=OrganisationKind.COMPANY, legal_name="Inside Ltd", by=person, at=world.at)
    db.session.commit()
    return made


def form_for(proposal: Proposal) -> dict[str, str]:
    return {"idempotency_key": new_token(), "seen": token(submitted(proposal)), "declaration": "y"}


@pytest.mark.parametrize(
    ("who", "why"),
    [("author", ASKS), ("acceptor", ASKS), ("staff", RUNS), ("finance", RUNS), ("auditor", RUNS)],
)
def test_who_asks_or_runs_the_programme_starts_no_answer(world: World, signed_in: SignIn, who: str, why: str) -> None:
    person = world.people[who]
    company = own_company(world, person)
    with pytest.raises(RuleViolation, match=why):
        Proposal.start(challenge=world.challenge, organisation=company, title="Inside job", by=person, at=world.at)
    client = signed_in(person)
    page = f"/challenges/{world.challenge.slug}"
    assert "/proposals/new" not in client.get(page).text
    assert client.get(f"{page}/proposals/new").status_code == 403
    form = {"idempotency_key": new_token(), "organisation": company.reference, "title": "Inside job"}
    assert client.post(f"{page}/proposals/new", data=form).status_code == 403
    assert db.session.query(Proposal).count() == 0


def test_a_colleague_of_the_sponsor_cannot_start_it_for_them_and_is_told_why_without_a_name(
    world: World, signed_in: SignIn
) -> None:
    world.company.admit(world.author, MemberRole.VIEWER, by=None, at=world.at)
    db.session.commit()
    client = signed_in(world.company_owner)
    form = {"idempotency_key": new_token(), "organisation": world.company.reference, "title": "By the back door"}
    answer = client.post(f"/challenges/{world.challenge.slug}/proposals/new", data=form)
    assert answer.status_code == 422
    assert SHARES in answer.text
    assert "By the back door" in answer.text
    assert world.author.name not in answer.text
    assert db.session.query(Proposal).count() == 0


def test_people_of_other_public_bodies_may_answer(world: World, signed_in: SignIn) -> None:
    other = Organisation.create(
        kind=OrganisationKind.PUBLIC_BODY, legal_name="Island Harbours Board", by=world.staff, at=world.at
    )
    other.admit(world.company_owner, MemberRole.OWNER, by=None, at=world.at)
    db.session.commit()
    assert world.written()
    page = signed_in(world.company_owner).get(f"/challenges/{world.challenge.slug}/proposals/new")
    assert page.status_code == 200


def test_who_joined_the_sponsor_or_the_programme_meanwhile_submits_nothing_but_may_withdraw(
    world: World, signed_in: SignIn
) -> None:
    proposal = world.submitted()
    editor, owner = world.company_editor, world.company_owner
    RoleGrant.by_operator(editor, ProgrammeRole.FINANCE, at=world.at)
    db.session.commit()
    with pytest.raises(RuleViolation, match=RUNS):
        proposal.submit(by=editor, at=world.at)
    client, address = signed_in(editor), f"/proposals/{proposal.reference}"
    check = client.get(f"{address}/check")
    assert RUNS in check.text
    assert f'action="{address}/submission"' not in check.text
    assert client.post(f"{address}/submission", data=form_for(proposal)).status_code == 403
    assert proposal.submit(by=owner, at=world.at) is None
    db.session.commit()
    assert f'href="{address}/withdrawal"' in client.get(address).text
    shown = client.get(f"{address}/withdrawal")
    assert client.post(f"{address}/withdrawal", data=sheet(shown, "/withdrawal")).status_code == 302
    db.session.expire_all()
    assert (proposal.state, len(proposal.submissions)) == (ProposalState.WITHDRAWN, 2)


@pytest.mark.both_databases("guards")
def test_a_team_that_the_sponsor_joined_meanwhile_submits_nothing(app: Flask, world: World, signed_in: SignIn) -> None:
    proposal = world.written()
    joined_anyway(world.approver, world.company, world.at)
    db.session.commit()
    answer = signed_in(world.company_owner).post(f"/proposals/{proposal.reference}/submission", data=form_for(proposal))
    assert answer.status_code == 422
    assert SHARES in answer.text
    assert world.approver.name not in answer.text
    db.session.expire_all()
    assert proposal.submissions == []
