"""What pages say that a member's role is for, and the rules."""

import pytest
from flask import Flask

from civtech.challenges.policy import ANSWERERS, APPROVERS, AUTHORS
from civtech.organisations.models import MemberRole, OrganisationKind
from civtech.stages.policy import ACCEPTS
from tests.support.messages import fragment


def duties_of(app: Flask, role: MemberRole, kind: OrganisationKind) -> str:
    with app.test_request_context():
        return app.jinja_env.get_template("organisations/_roles.html").module.duties(role, kind)


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (set(ANSWERERS) - {MemberRole.OWNER}, "answers questions"),
        (set(APPROVERS) - {MemberRole.OWNER}, "Approves challenges"),
        (set(AUTHORS) - {MemberRole.OWNER}, "Writes challenges"),
    ],
)
def test_a_role_of_a_public_body_is_described_by_what_it_may_do(app: Flask, roles: set[MemberRole], words: str) -> None:
    others = {MemberRole.AUTHOR, MemberRole.APPROVER, MemberRole.ACCEPTOR}
    told = {role for role in others if fragment(words) in duties_of(app, role, OrganisationKind.PUBLIC_BODY)}
    assert told == roles


def test_an_approver_and_an_owner_are_told_that_they_may_accept_evidence(app: Flask) -> None:
    assert {MemberRole.OWNER, MemberRole.APPROVER, MemberRole.ACCEPTOR} == set(ACCEPTS)
    approver = duties_of(app, MemberRole.APPROVER, OrganisationKind.PUBLIC_BODY)
    owner = duties_of(app, MemberRole.OWNER, OrganisationKind.PUBLIC_BODY)
    assert fragment("decides on evidence") in approver
    assert fragment("Does what authors, approvers and acceptors do") in owner
