"""The people of an organisation: members, invitations and ending roles."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock, workflow
from civtech.core.db import db, first_or_404
from civtech.core.text import N_
from civtech.organisations import policy, queries
from civtech.organisations.forms.membership import ConfirmationForm, InvitationForm
from civtech.organisations.models import Invitation, MemberRole, Membership, Organisation
from civtech.organisations.models.bound import ended, invited
from civtech.organisations.models.invitation import OPEN_FOR
from civtech.organisations.views.organisations import bp, find_organisation, page_of
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.forms import SeenForm
from civtech.web.gate import can, permit
from civtech.web.limits import MAILS_TO_OTHERS, at_most
from civtech.web.translation import gettext as _


def find_invitation(reference: str, invitation: str) -> Invitation:
    """An unanswered invitation of an organisation that the actor may see."""
    organisation = find_organisation(reference)
    return first_or_404(queries.invitations(organisation).where(Invitation.reference == invitation))


def find_unconfirmed(reference: str, invitation: str) -> Invitation:
    """An invitation of an organisation that the actor may see, answered or not."""
    organisation = find_organisation(reference)
    return first_or_404(queries.invitation(invitation).where(Invitation.organisation_id == organisation.id))


def find_membership(reference: str, person: str, role: str) -> Membership:
    """The membership of this person in this role, in an organisation that the actor may see."""
    return first_or_404(queries.membership_of(find_organisation(reference), person, role))


@bp.route("/<reference>/members", methods=["GET", "POST"])
@permit(
    policy.manage_members,
    find_organisation,
    act=N_("View and invite members of an organisation"),
    unbound="The person types whom they invite, and to which role.",
)
@at_most(MAILS_TO_OTHERS)
def members(organisation: Organisation) -> ResponseReturnValue:
    form = InvitationForm(organisation)

    def invite() -> Invitation:
        return Invitation.send(organisation, form.email.data, MemberRole(form.role.data), by=actor(), at=clock.now())

    if sent := made(form, invite):
        _say_what_happens(sent)
        return redirect(_members_of(organisation))
    return _page(organisation, form)


def _page(organisation: Organisation, form: InvitationForm, refused: SeenForm | None = None) -> ResponseReturnValue:
    """The people of the organisation. `refused` is another form with errors, if that is why we show them again."""
    people = db.session.execute(queries.members(organisation)).all()
    page = render_template(
        "organisations/members.html",
        form=refused or form,
        inviting=form,
        invited=invited,
        organisation=organisation,
        members=people,
        invitations=db.session.scalars(queries.invitations(organisation)).all(),
        requests=db.session.scalars(queries.join_requests(organisation, clock.now())).unique().all(),
        now=clock.now(),
        open_for=OPEN_FOR,
        owned=any(held.role is MemberRole.OWNER for held, _person in people),
        owns=actor().acts_for(organisation, MemberRole.OWNER),
        confirm_invitation=policy.confirm_invitation,
    )
    return page, (refused or form).status


@bp.post("/<reference>/invitations/<invitation>/mail")
@permit(
    policy.manage_invitation,
    find_invitation,
    act=N_("Send an invitation again"),
    unbound="It sends the same email again, with two more weeks.",
)
@at_most(MAILS_TO_OTHERS)
def resend(invitation: Invitation) -> ResponseReturnValue:
    invitation.resend(by=actor(), at=clock.now())
    _say_what_happens(invitation)
    return redirect(_members_of(invitation.organisation))


def _say_what_happens(invitation: Invitation) -> None:
    if invitation.needs_confirmation:
        flash(
            _(
                "We’ve asked the owners of %(name)s to confirm the invitation to %(address)s. We’ll email the"
                " invitation when they do.",
                name=invitation.organisation.name,
                address=invitation.email,
            ),
            "success",
        )
    else:
        flash(_("We’ve emailed an invitation to %(address)s.", address=invitation.email), "success")


@bp.route("/<reference>/invitations/<invitation>/confirmation", methods=["GET", "POST"])
@permit(policy.confirm_invitation, find_unconfirmed, act=N_("Confirm an invitation made by programme staff"))
@at_most(MAILS_TO_OTHERS)
def confirm(invitation: Invitation) -> ResponseReturnValue:
    who, organisation = actor(), invitation.organisation
    owns = who.acts_for(organisation, MemberRole.OWNER)
    form = ConfirmationForm(invitation, owns=owns)
    reason = None if owns else form.because.data
    if done(form, lambda: invitation.confirm(because=reason, by=who, at=clock.now())):
        flash(_("Invitation confirmed. We’ve emailed it to %(address)s.", address=invitation.email), "success")
        return redirect(_members_of(organisation))
    refusal = workflow.refusal(invitation, "confirm", clock.now(), who)
    page = render_template(
        "organisations/confirm_invitation.html",
        form=form,
        invitation=invitation,
        organisation=organisation,
        owns=owns,
        refusal=refusal,
        invited_by=invitation.invited_by,
        invited=invited,
    )
    return page, form.status


@bp.post("/<reference>/invitations/<invitation>/revocation")
@permit(policy.manage_invitation, find_invitation, act=N_("Withdraw an invitation"))
def revoke(invitation: Invitation) -> ResponseReturnValue:
    form = SeenForm(invitation, lambda: invited(invitation))
    if not done(form, lambda: invitation.revoke(by=actor(), at=clock.now())):
        organisation = invitation.organisation
        return _page(organisation, InvitationForm(organisation, formdata=None), form)
    flash(_("Invitation to %(address)s withdrawn. It can no longer be accepted.", address=invitation.email), "success")
    return redirect(_members_of(invitation.organisation))


@bp.post("/<reference>/members/<person>/<role>/end")
@permit(
    policy.end_membership, find_membership, act=N_("End someone’s role in an organisation, or leave the organisation")
)
def end(membership: Membership) -> ResponseReturnValue:
    organisation, person, who = membership.organisation, membership.user, actor()
    form = SeenForm(membership, lambda: ended(membership, organisation, person))
    if not done(form, lambda: organisation.end(membership, by=who, at=clock.now())):
        return _after_refusal(organisation, form)
    if person.id == who.id:
        flash(_("You have given up that role at %(name)s.", name=organisation.name), "success")
        return redirect(url_for("people.account"))
    flash(
        _(
            "You ended a role that %(name)s had for %(body)s. We’ve emailed them.",
            name=person.name,
            body=organisation.name,
        ),
        "success",
    )
    return redirect(_members_of(organisation))


def _after_refusal(organisation: Organisation, form: SeenForm) -> ResponseReturnValue:
    """The page with the button, as far as the person may see it."""
    if can(policy.manage_members, organisation):
        return _page(organisation, InvitationForm(organisation, formdata=None), form)
    return page_of(organisation, form)


def _members_of(organisation: Organisation) -> str:
    return url_for("organisations.members", reference=organisation.reference)
