"""Invitations and requests to act for an organisation: three invitations and one request wait today."""

from datetime import datetime, timedelta

from civtech.core import clock
from civtech.demo.cast import Cast
from civtech.demo.director import Story
from civtech.organisations.models import Invitation, JoinRequest, MemberRole
from civtech.people.demonstration import DOMAIN


def invite(cast: Cast, principal_body: str, *, now: datetime) -> Story:
    """The second team invites the first team's owner as a viewer; the principal body invites a colleague as an author.

    Staff invite an acceptor to the principal body, and its owner must confirm. Someone at the first team's own domain
    asks to join it.
    """
    yield now - timedelta(days=2, hours=3)
    asked, asking, body = cast.teams[0].owner, cast.teams[1], cast.bodies[principal_body]
    Invitation.send(asking.organisation, asked.email, MemberRole.VIEWER, by=asking.owner, at=clock.now())
    Invitation.send(body.organisation, f"new.colleague@{DOMAIN}", MemberRole.AUTHOR, by=body.owner, at=clock.now())
    Invitation.send(body.organisation, f"new.acceptor@{DOMAIN}", MemberRole.ACCEPTOR, by=cast.staff[0], at=clock.now())
    yield now - timedelta(days=1, hours=2)
    JoinRequest.ask(cast.teams[0].organisation, by=cast.newcomer, at=clock.now())
