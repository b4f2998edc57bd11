"""Organisations, invitations and roles; rounds, which roles are granted for."""

from civtech.core.db import db
from civtech.organisations.models import (
    CompanyFigures,
    Figures,
    IdentifierScheme,
    Invitation,
    JoinRequest,
    MemberRole,
    Organisation,
    OrganisationKind,
)
from civtech.people.models import EVERYWHERE, AddressChange, ExternalIdentity, Passkey, ProgrammeRole, Scope, ScopeKind
from civtech.programmes.models import Round
from civtech.roles.models import RoleGrant
from civtech.web.idempotency import UsedKey
from tests.access.people import ELSEWHERE
from tests.access.world import DAY, Town


def enter(world: Town) -> None:
    _organisations(world)
    _invitations(world)
    _rounds(world)
    _grants(world)
    key = Passkey.add(world.stranger, name="Key", credential=b"key", public_key=b"key", uses=1, at=world.at)
    world.enter("passkey", "the stranger's", reference=key.reference)
    change = AddressChange.ask(world.stranger, "new@elsewhere.example", at=world.at)
    world.mention("address", "that the stranger asked for", change.address)
    linked = ExternalIdentity.link(
        world.stranger, issuer="https://x.example", subject="stranger", proved_at=world.at, at=world.at
    )
    world.enter("sign-in elsewhere", "the stranger's", reference=linked.reference)
    company = world.companies[1]
    CompanyFigures.state(company, Figures(9, 1_000_000, 500_000), year=world.at.year - 1, by=world.owner, at=world.at)
    company.accept_number(IdentifierScheme.COMPANIES_HOUSE, "Q1", because="Seen.", by=world.staff, at=world.at)
    db.session.add(UsedKey(key="k", actor=world.stranger.reference, digest="d", location="/home", used_at=world.at))
    for state, organisation, person in (
        ("of the stranger to the sponsor", world.funded.body, world.stranger),
        ("of the rival to the company", world.companies[1], world.rival),
    ):
        asked = JoinRequest.ask(organisation, by=person, at=world.at)
        values = {"reference": organisation.reference, "request": asked.reference}
        world.enter("request to join", state, mark=asked.reference, **values)


def _organisations(world: Town) -> None:
    start = world.at - 100 * DAY
    idea = Organisation.create(
        kind=OrganisationKind.INDIVIDUAL, legal_name="Ines Inventor", by=world.inventor, at=start
    )
    other = Organisation.create(
        kind=OrganisationKind.PUBLIC_BODY, legal_name="Island Harbours Board", by=world.staff, at=start
    )
    other.admit(world.foreigner, MemberRole.OWNER, by=None, at=start)
    company, rival, body = world.companies[1], world.companies[0], world.funded.body
    for state, organisation in (("company", company), ("rival", rival), ("sponsor", body), ("another body", other)):
        world.enter("organisation", state, reference=organisation.reference)
    world.enter("organisation", "idea", reference=idea.reference)
    for state, organisation, person, role in (
        ("editor of the company", company, world.editor, "editor"),
        ("author of the sponsor", body, world.author, "author"),
        ("inventor of the idea", idea, world.inventor, "owner"),
    ):
        values = {"reference": organisation.reference, "person": person.reference, "role": role}
        world.enter("membership", state, mark=person.reference, **values)


def _invitations(world: Town) -> None:
    company, body = world.companies[1], world.funded.body
    by_owner = {"by": world.owner, "at": world.at}
    to_stranger = Invitation.send(company, world.stranger.email, MemberRole.EDITOR, **by_owner)
    to_nobody = Invitation.send(company, "nobody@people.example", MemberRole.VIEWER, **by_owner)
    revoked = Invitation.send(company, "revoked@people.example", MemberRole.VIEWER, **by_owner)
    of_body = Invitation.send(body, "author@elsewhere.example", MemberRole.AUTHOR, by=world.head, at=world.at)
    by_staff = Invitation.send(body, "acceptor@elsewhere.example", MemberRole.ACCEPTOR, by=world.staff, at=world.at)
    db.session.flush()
    revoked.revoke(**by_owner)
    for state, invitation in (
        ("to the stranger", to_stranger),
        ("to somebody else", to_nobody),
        ("taken back", revoked),
        ("of the sponsor", of_body),
        ("of the sponsor, by staff", by_staff),
    ):
        world.enter("invitation", state, reference=invitation.reference)
        values = {"reference": invitation.organisation.reference, "invitation": invitation.reference}
        world.enter("organisation's invitation", state, mark=invitation.reference, **values)


def _rounds(world: Town) -> None:
    start, here = world.at - 100 * DAY, world.funded.challenge.round
    prepared = Round.create(name="Round 10", pathway=here.pathway, currency="GBP", by=world.staff, at=start)
    finished = Round.create(name="Round 8", pathway=here.pathway, currency="GBP", by=world.staff, at=start)
    db.session.flush()
    finished.open(by=world.staff, at=start)
    db.session.flush()
    finished.finish(by=world.staff, at=start)
    for state, found in (("open", here), ("prepared", prepared), ("finished", finished)):
        world.enter("round", state, reference=found.reference, key="sift")
    for role in ELSEWHERE:
        RoleGrant.by_operator(world.elsewhere, role, at=start, scope=Scope(ScopeKind.ROUND, prepared.reference))


def _grants(world: Town) -> None:
    here = Scope(ScopeKind.ROUND, world.funded.challenge.round.reference)
    asked = {
        state: RoleGrant.ask(
            world.stranger,
            role,
            scope,
            starts_at=world.at + DAY,
            ends_at=None,
            reason="Needed.",
            by=world.administrator,
            at=world.at,
        )
        for state, role, scope in (
            ("waiting", ProgrammeRole.AUDITOR, EVERYWHERE),
            ("granted", ProgrammeRole.STAFF, here),
            ("refused", ProgrammeRole.FINANCE, here),
            ("ended", ProgrammeRole.JUDGE, here),
        )
    }
    db.session.flush()
    asked["granted"].approve(by=world.second, at=world.at)
    asked["ended"].approve(by=world.second, at=world.at)
    asked["refused"].refuse(message="Not needed.", by=world.second, at=world.at)
    db.session.flush()
    asked["ended"].end(by=world.second, at=world.at)
    for state, grant in asked.items():
        world.enter("grant", state, reference=grant.reference)
    to_second = RoleGrant.ask(
        world.second,
        ProgrammeRole.AUDITOR,
        EVERYWHERE,
        starts_at=world.at,
        ends_at=None,
        reason="Looks on.",
        by=world.administrator,
        at=world.at,
    )
    world.enter("grant", "waiting, for the second administrator", reference=to_second.reference)
