"""Acts on organisations, roles, personal data and one's own account."""

from sqlalchemy import select

from civtech.core.db import db
from civtech.organisations.models import Invitation, JoinRequest, MemberRole, Membership, Organisation, OrganisationKind
from civtech.people.models import EVERYWHERE, AddressChange, Mailbox, Passkey, ProgrammeRole, User
from civtech.people.sign_in.mailbox_links import secret_for
from civtech.privacy.models import ErasureRequest, Hold, ProblemReport
from civtech.roles.models import RoleGrant
from tests.factories.organisations import InvitationFactory, OrganisationFactory
from tests.factories.verbs import DAY
from tests.seen.scene import Change, Scene, act, to
from tests.world import Age, World

NAME = {"legal_name": "Another Name"}


def details_of(organisation: Organisation) -> dict[str, Change]:
    return {
        "legal_name": to(organisation, **NAME),
        "trading_name": to(organisation, trading_name="Trading"),
        "scheme": to(organisation, identifier_scheme="GB-CHC"),
        "number": to(organisation, identifier_number="SC999999"),
        "about": to(organisation, about="Something else."),
    }


def numbered(world: World) -> Organisation:
    db.session.execute(to(world.company, identifier_scheme="GB-COH", identifier_number="SC123456").statement)
    return world.company


@act("organisations.edit", Age.PUBLISHED)
def edit(world: World) -> Scene:
    company = numbered(world)
    typed = {"legal_name": "Tidewater Signals and Co Ltd", "about": "Signals.", "identifier_number": "SC123456"}
    return Scene(world.company_owner, f"/organisations/{company.reference}/edit", details_of(company), typed=typed)


@act("organisations.number", Age.PUBLISHED)
def number(world: World) -> Scene:
    company = numbered(world)
    typed = {"identifier_scheme": "GB-COH", "identifier_number": "Q1", "because": "Seen in the register."}
    return Scene(world.staff, f"/organisations/{company.reference}/number", details_of(company), typed=typed)


@act("organisations.become_company", Age.PREPARED)
def become_company(world: World) -> Scene:
    inventor = world.person("inventor")
    idea = Organisation.create(kind=OrganisationKind.INDIVIDUAL, legal_name="Ines", by=inventor, at=world.since)
    db.session.flush()
    changes = details_of(idea)
    typed = {"legal_name": "Ines Works Ltd"}
    kept = {name: change for name, change in changes.items() if name not in {"scheme", "number"}}
    fixed = dict.fromkeys(("scheme", "number"), "A person with an idea has no number.")
    return Scene(inventor, f"/organisations/{idea.reference}/company", kept, typed=typed, fixed=fixed)


def invitation_of(world: World, **how: object) -> Invitation:
    return InvitationFactory(organisation=world.company, email=world.stranger.email, at=world.at - DAY, **how)


def invited(invitation: Invitation) -> dict[str, Change]:
    return {
        "organisation": to(invitation.organisation, **NAME),
        "role": to(invitation, role="viewer" if invitation.role is MemberRole.EDITOR else "acceptor"),
    }


TO_ME = {"email": "Only the person with this address finds it."}


@act("invitations.accept", Age.PUBLISHED)
def accept_invitation(world: World) -> Scene:
    invitation = invitation_of(world)
    page = f"/invitations/{invitation.reference}"
    return Scene(world.stranger, page, invited(invitation), "/acceptance", fixed=TO_ME)


@act("invitations.decline", Age.PUBLISHED)
def decline_invitation(world: World) -> Scene:
    invitation = invitation_of(world)
    return Scene(world.stranger, f"/invitations/{invitation.reference}", invited(invitation), "/refusal", fixed=TO_ME)


@act("organisations.revoke", Age.PUBLISHED)
def revoke(world: World) -> Scene:
    invitation = invitation_of(world)
    changes = invited(invitation) | {"email": to(invitation, email="other@people.example")}
    page = f"/organisations/{world.company.reference}/members"
    action = f"/organisations/{world.company.reference}/invitations/{invitation.reference}/revocation"
    return Scene(world.company_owner, page, changes, action)


@act("organisations.confirm", Age.PUBLISHED)
def confirm(world: World) -> Scene:
    invitation = Invitation.send(world.body, world.stranger.email, MemberRole.AUTHOR, by=world.staff, at=world.at)
    db.session.flush()
    changes = invited(invitation) | {
        "email": to(invitation, email="other@people.example"),
        "invited_by": to(world.staff, name="Another Person"),
    }
    page = f"/organisations/{world.body.reference}/invitations/{invitation.reference}/confirmation"
    return Scene(world.head, page, changes)


@act("organisations.end", Age.PUBLISHED)
def end_membership(world: World) -> Scene:
    held = select(Membership).where(Membership.user_id == world.company_editor.id)
    membership = db.session.scalars(held).one()
    changes = {
        "organisation": to(world.company, **NAME),
        "person": to(world.company_editor, name="Another Person"),
        "email": to(world.company_editor, email="other@people.example"),
        "since": to(membership, since=membership.since - DAY),
    }
    page = f"/organisations/{world.company.reference}/members"
    action = f"{page}/{world.company_editor.reference}/editor/end"
    fixed = {"role": "It is part of the address that finds the membership."}
    return Scene(world.company_owner, page, changes, action, fixed=fixed)


@act("organisations.ask", Age.PUBLISHED)
def ask_to_join(world: World) -> Scene:
    changes = {"organisation": to(world.company, **NAME)}
    colleague = world.person("new_colleague")
    db.session.execute(to(colleague, email="new@tidewater.example").statement)
    db.session.execute(to(world.company_owner, email="owner@tidewater.example").statement)
    return Scene(colleague, "/organisations/join", changes, f"/organisations/{world.company.reference}/requests")


def asked(world: World) -> tuple[JoinRequest, dict[str, Change]]:
    colleague = world.person("new_colleague", email="new@tidewater.example")
    db.session.execute(to(world.company_owner, email="owner@tidewater.example").statement)
    db.session.expire_all()
    request = JoinRequest.ask(world.company, by=colleague, at=world.at)
    db.session.flush()
    return request, {
        "organisation": to(world.company, **NAME),
        "name": to(colleague, name="Another Person"),
        "email": to(colleague, email="other@tidewater.example"),
    }


@act("organisations.answer_request", Age.PUBLISHED)
def answer_request(world: World) -> Scene:
    request, changes = asked(world)
    page = f"/organisations/{world.company.reference}/requests/{request.reference}"
    return Scene(world.company_owner, page, changes, typed={"role": "viewer"})


@act("organisations.decline_request", Age.PUBLISHED)
def decline_request(world: World) -> Scene:
    request, changes = asked(world)
    page = f"/organisations/{world.company.reference}/requests/{request.reference}"
    return Scene(world.company_owner, page, changes, "/refusal")


def grant_of(world: World, *, approved: bool = False) -> tuple[RoleGrant, dict[str, Change]]:
    for key in ("administrator", "second"):
        RoleGrant.by_operator(world.person(key), ProgrammeRole.ADMINISTRATOR, at=world.since)
    db.session.flush()
    grant = RoleGrant.ask(
        world.stranger,
        ProgrammeRole.AUDITOR,
        EVERYWHERE,
        starts_at=world.at + DAY,
        ends_at=world.at + 9 * DAY,
        reason="Needed.",
        by=world.administrator,
        at=world.at,
    )
    db.session.flush()
    if approved:
        grant.approve(by=world.second, at=world.at)
        db.session.flush()
    return grant, {
        "person": to(world.stranger, name="Another Person"),
        "email": to(world.stranger, email="other@people.example"),
        "role": to(grant, role="finance"),
        "scope": to(grant, scope_kind="round", scope_reference=world.round.reference),
        "starts_at": to(grant, starts_at=world.at + 2 * DAY),
        "ends_at": to(grant, ends_at=world.at + 7 * DAY),
        "reason": to(grant, reason="Another reason."),
    }


@act("roles.approve", Age.PREPARED)
def approve_role(world: World) -> Scene:
    grant, changes = grant_of(world)
    return Scene(world.second, f"/roles/{grant.reference}", changes, "/approval")


@act("roles.refuse", Age.PREPARED)
def refuse_role(world: World) -> Scene:
    grant, changes = grant_of(world)
    return Scene(world.second, f"/roles/{grant.reference}/refusal", changes, typed={"message": "Not needed."})


@act("roles.take_back", Age.PREPARED)
def take_back_role(world: World) -> Scene:
    grant, changes = grant_of(world)
    return Scene(world.administrator, f"/roles/{grant.reference}", changes, "/withdrawal")


@act("roles.end", Age.PREPARED)
def end_role(world: World) -> Scene:
    grant, changes = grant_of(world, approved=True)
    return Scene(world.administrator, f"/roles/{grant.reference}", changes, "/end")


def alone(world: World) -> tuple[User, dict[str, Change]]:
    """Someone who alone acts for a company with a draft, and is invited elsewhere; and what ends with them."""
    person = world.stranger
    company = OrganisationFactory(legal_name="Alone Ltd", by=person, at=world.since)
    draft = world.started(company, by=person)
    invitation = Invitation.send(world.company, person.email, MemberRole.VIEWER, by=world.company_owner, at=world.at)
    db.session.flush()
    return person, {
        "name": to(person, name="Another Person"),
        "email": to(person, email="other@people.example", also=to(invitation, email="other@people.example")),
        f"role_{company.reference}_owner": to(company, legal_name="Another Name Ltd"),
        "drafts": to(draft, organisation_id=world.company.id),
        "invitations": to(invitation, email="elsewhere@people.example"),
    }


@act("privacy.erasure", Age.PUBLISHED)
def ask_for_erasure(world: World) -> Scene:
    person, changes = alone(world)
    return Scene(person, "/account/erasure", changes, typed={"sure": "y"}, kept=[])


@act("privacy.take_back", Age.PREPARED)
def take_erasure_back(world: World) -> Scene:
    request = ErasureRequest.ask(by=world.stranger, at=world.at)
    db.session.flush()
    changes = {"due_at": to(request, due_at=request.due_at + DAY)}
    return Scene(world.stranger, "/account/data", changes, "/account/erasure/withdrawal")


@act("privacy.carry_out", Age.PUBLISHED)
def erase(world: World) -> Scene:
    person, changes = alone(world)
    request = ErasureRequest.ask(by=person, at=world.at - 20 * DAY)
    db.session.flush()
    changes |= {
        "person": changes.pop("name"),
        "reference": to(person, reference="U-7777-7777"),
        "asked_at": to(request, asked_at=request.asked_at - DAY),
        "due_at": to(request, due_at=request.due_at - DAY),
    }
    action = f"/data-protection/requests/{request.reference}/erasure"
    return Scene(world.staff, "/data-protection", changes, action)


@act("privacy.lift_hold", Age.PREPARED)
def lift_hold(world: World) -> Scene:
    hold = Hold.place(world.stranger, reason="FOI 7", ends_at=world.at + 30 * DAY, by=world.staff, at=world.at)
    db.session.flush()
    changes = {
        "on": to(world.stranger, name="Another Person"),
        "reason": to(hold, reason="FOI 8"),
        "ends_at": to(hold, ends_at=hold.ends_at + DAY),
    }
    return Scene(world.staff, "/data-protection", changes, f"/data-protection/holds/{hold.reference}/end")


@act("privacy.deal_with_problem", Age.PREPARED)
def deal_with_problem(world: World) -> Scene:
    report = ProblemReport.make(words="No focus.", page="Home", email="a@people.example", by=None, at=world.at)
    db.session.flush()
    changes = {
        "words": to(report, words="Another problem."),
        "page": to(report, page="Rounds"),
        "email": to(report, email="b@people.example"),
    }
    page = "/accessibility/problems"
    return Scene(world.staff, page, changes, f"{page}/{report.reference}/completion")


def address_change(world: World) -> tuple[AddressChange, dict[str, Change]]:
    change = AddressChange.ask(world.stranger, "new@people.example", at=world.at)
    db.session.flush()
    return change, {
        "address_before": to(change, address_before="older@people.example"),
        "address": to(change, address="newer@people.example"),
    }


@act("people.keep_address", Age.PREPARED)
def keep_address(world: World) -> Scene:
    _change, changes = address_change(world)
    return Scene(world.stranger, "/account/address", changes, "/account/address/end", unrecorded=True)


@act("people.say_yes", Age.PREPARED)
def say_yes(world: World) -> Scene:
    change, changes = address_change(world)
    return Scene(world.stranger, f"/address/{secret_for(change, Mailbox.NEW)}", changes, unrecorded=True)


@act("people.remove", Age.PREPARED)
def remove_passkey(world: World) -> Scene:
    key = Passkey.add(world.stranger, name="Phone", credential=b"phone", public_key=b"key", uses=0, at=world.at)
    db.session.flush()
    changes = {"name": to(key, name="Another phone"), "added_at": to(key, added_at=key.added_at - DAY)}
    return Scene(world.stranger, "/account/passkeys", changes, f"/account/passkeys/{key.reference}/removal")
