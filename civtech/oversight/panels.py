"""Panels that oversight adds to pages of earlier packages."""

from functools import partial

from flask import render_template, url_for

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.core.histories import Audience
from civtech.funding.models import Release
from civtech.judging.models import Panel
from civtech.organisations.models import MemberRole, Organisation
from civtech.oversight import policy, queries
from civtech.oversight.history import History, Readers, history_of
from civtech.oversight.history import queries as find
from civtech.oversight.models import AuditEntry
from civtech.people.models import ProgrammeRole, User
from civtech.proposals.models import Proposal
from civtech.rights.models import RightsStatement
from civtech.rights.queries import oversees
from civtech.stages.models import StageAgreement
from civtech.web.registries import panel

OVERSEE = (ProgrammeRole.STAFF, ProgrammeRole.AUDITOR)


@panel("home", "audit log", after="panels")
def way_to_the_log(actor: User, _subject: object) -> str | None:
    """Show auditors the length of the audit log and a link to it."""
    if not actor.is_auditor:
        return None
    newest = queries.visible_to(actor).order_by(AuditEntry.sequence.desc()).limit(1)
    return render_template("oversight/_home.html", last=db.session.scalars(newest).first())


@panel("challenges.show", "history", after="agreements")
def history_of_the_challenge(actor: User, challenge: Challenge) -> str | None:
    """Show people who are signed in what happened to the challenge, as far as their side may know."""
    if not actor.is_authenticated:
        return None
    readers = _readers(actor, challenge, programme=actor.has_for(challenge, *OVERSEE))
    address = partial(url_for, "challenges.show", slug=challenge.slug, _anchor="history")
    return _shown(
        history_of(challenge.reference, actor, readers, partial(find.of_challenge, actor, challenge), address)
    )


@panel("proposals.show", "history", after="money")
def history_of_the_proposal(actor: User, proposal: Proposal) -> str | None:
    """Show the team, the sponsor and those who oversee the challenge what happened to the proposal."""
    readers = _readers(actor, proposal.challenge, proposal, programme=actor.has_for(proposal.challenge, *OVERSEE))
    if readers.sides == {Audience.ANYONE}:
        return None
    address = partial(url_for, "proposals.show", reference=proposal.reference, _anchor="history")
    return _shown(history_of(proposal.reference, actor, readers, partial(find.of_proposal, actor, proposal), address))


@panel("stages.agreement", "history")
def history_of_the_agreement(actor: User, agreement: StageAgreement) -> str:
    """Show both sides, and those who oversee the money, what happened under the agreement."""
    readers = _of_parties(actor, agreement.proposal)
    address = partial(url_for, "stages.agreement", reference=agreement.reference, _anchor="history")
    return _shown(
        history_of(agreement.reference, actor, readers, partial(find.of_agreement, actor, agreement), address)
    )


@panel("rights.statement", "history")
def history_of_the_statement(actor: User, statement: RightsStatement) -> str:
    """Show both sides, and those who oversee the money, what happened to the rights statement."""
    readers = _of_parties(actor, statement.proposal)
    address = partial(url_for, "rights.statement", reference=statement.reference, _anchor="history")
    return _shown(
        history_of(statement.reference, actor, readers, partial(find.of_statement, actor, statement), address)
    )


@panel("funding.release", "history")
def history_of_the_release(actor: User, release: Release) -> str:
    """Show both sides, and those who oversee the money, what happened to the release and its milestone."""
    readers = _of_parties(actor, release.milestone.agreement.proposal)
    address = partial(url_for, "funding.release", reference=release.reference, _anchor="history")
    return _shown(history_of(release.reference, actor, readers, partial(find.of_release, actor, release), address))


@panel("judging.panel", "history", after="work")
def history_of_the_panel(actor: User, judged: Panel) -> str:
    """Show those who run or oversee the judging what happened on the panel."""
    readers = _readers(actor, judged.challenge, programme=actor.has_for(judged.challenge, *OVERSEE))
    readers = Readers(readers.sides | {Audience.PANEL}, readers.called, reads_log=readers.reads_log)
    address = partial(
        url_for, "judging.panel", slug=judged.challenge.slug, stage_key=judged.stage.key, _anchor="history"
    )
    return _shown(history_of(judged.reference, actor, readers, partial(find.of_panel, actor, judged), address))


@panel("organisations.show", "history")
def history_of_the_organisation(actor: User, organisation: Organisation) -> str:
    """Show members, programme staff and auditors what happened to the organisation and to who acts for it."""
    roles = {Audience.MEMBERS: tuple(MemberRole), Audience.OWNERS: (MemberRole.OWNER,)}
    sides = frozenset(side for side, needed in roles.items() if actor.acts_for(organisation, *needed))
    readers = Readers(sides, {}, reads_log=policy.read_audit_log(actor))
    address = partial(url_for, "organisations.show", reference=organisation.reference, _anchor="history")
    return _shown(
        history_of(organisation.reference, actor, readers, partial(find.of_organisation, actor, organisation), address)
    )


def _of_parties(actor: User, proposal: Proposal) -> Readers:
    """What a reader is to an agreement with the team of `proposal`."""
    return _readers(actor, proposal.challenge, proposal, programme=oversees(actor, proposal.challenge))


def _readers(actor: User, challenge: Challenge, proposal: Proposal | None = None, *, programme: bool) -> Readers:
    """What a reader is to a challenge and, if given, to the team of a proposal."""
    called = {Audience.SPONSOR: challenge.sponsor.name}
    sides = {Audience.ANYONE}
    if programme:
        sides.add(Audience.PROGRAMME)
    if actor.acts_for(challenge.sponsor_id):
        sides.add(Audience.SPONSOR)
    if proposal is not None:
        called[Audience.TEAM] = proposal.organisation.name
        if actor.acts_for(proposal.organisation_id):
            sides.add(Audience.TEAM)
    return Readers(frozenset(sides), called, reads_log=policy.read_audit_log(actor))


def _shown(history: History) -> str:
    return render_template("oversight/_history.html", history=history)
