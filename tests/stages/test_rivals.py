"""Someone who was ever in a team of the challenge reads nothing of what was agreed with its rivals (A1)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.core.db import db
from civtech.funding.models import Release
from civtech.organisations.models import MemberRole
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant
from tests.support.messages import wording
from tests.support.sql import done, moment, refused
from tests.world import Age
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]


@pytest.mark.parametrize(
    "role", [MemberRole.ACCEPTOR, ProgrammeRole.STAFF, ProgrammeRole.FINANCE, ProgrammeRole.AUDITOR]
)
def test_a_former_editor_of_a_rival_reads_no_agreement_evidence_rights_or_release(
    worlds: Worlds, app: Flask, now: datetime, signed_in: SignIn, role: MemberRole | ProgrammeRole
) -> None:
    world = worlds(Age.FUNDED, teams=2)
    agreement = world.in_force()
    release = world.release(agreement.milestones[0])
    editor = world.rival_editor
    world.proposals[1].organisation.end(editor.memberships[0], by=editor, at=now)
    if isinstance(role, MemberRole):
        world.body.admit(editor, role, by=None, at=now)
    else:
        RoleGrant.by_operator(editor, role, at=now - timedelta(days=1))
    db.session.commit()
    pages = (
        f"/agreements/{agreement.reference}",
        f"/milestones/{agreement.milestones[0].reference}",
        f"/rights-statements/{agreement.statement.reference}",
        f"/rights-statements/{agreement.statement.reference}/terms.json",
        f"/releases/{release.reference}",
    )
    former, other = signed_in(editor), signed_in(world.auditor)
    assert {page: former.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert {page: other.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert db.session.query(Release).count() == 1


@pytest.mark.both_databases("guards")
def test_what_one_side_accepted_neither_changes_nor_goes_while_its_agreement_is_a_draft(
    worlds: Worlds, app: Flask, now: datetime
) -> None:
    world = worlds(Age.FUNDED, teams=1)
    agreement = world.agreement()
    db.session.flush()
    done("UPDATE rights_statement SET offered_at = :at WHERE id = :id", at=moment(now), id=agreement.statement_id)
    agreement.statement.accept_for_company(by=world.company_owner, at=now)
    db.session.flush()
    milestone = {"id": agreement.milestones[0].id}
    assert wording("The agreement has been offered, so its milestones cannot change.") in refused(
        "UPDATE milestone SET amount_pence = amount_pence + 1 WHERE id = :id", **milestone
    )
    assert wording("The agreement has been offered, so its milestones cannot change.") in refused(
        "DELETE FROM milestone WHERE id = :id", **milestone
    )
    assert wording("One side has accepted the rights statement, so the agreement cannot be changed.") in refused(
        "UPDATE stage_agreement SET ends_on = '2031-01-01'"
    )
    assert wording("Only a draft agreement can be discarded. All others are kept.") in refused(
        "DELETE FROM stage_agreement"
    )
