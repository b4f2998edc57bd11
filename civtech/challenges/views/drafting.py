"""A sponsor writes a challenge: start, save, revise, send for approval."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges import policy
from civtech.challenges.forms import DraftForm, RevisionForm, StartForm, TextForm, figures_of, words_of
from civtech.challenges.models import PARTS, Challenge, ChallengeState
from civtech.challenges.views.page import bp, find_challenge, page_of
from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import LostRace, WrongState
from civtech.core.text import N_
from civtech.organisations.acting import acting_for
from civtech.organisations.models import Organisation, OrganisationKind
from civtech.people.models import User
from civtech.programmes import queries as programmes
from civtech.programmes.models import Round, Stage
from civtech.programmes.paths import path_of
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.gate import permit
from civtech.web.transaction import is_write
from civtech.web.translation import gettext as _


@bp.route("/new", methods=["GET", "POST"])
@permit(policy.draft, act=N_("Draft a challenge"), unbound="It saves a draft of what the person types.")
def new() -> ResponseReturnValue:
    rounds = db.session.scalars(programmes.taking_challenges(clock.now())).unique().all()
    sponsors = policy.sponsors_of(actor())
    chosen = _chosen(rounds, sponsors)
    if chosen is None:
        if is_write():
            raise WrongState(N_("This round no longer takes challenges. Copy your text, then select another round."))
        acting = acting_for(actor(), OrganisationKind.PUBLIC_BODY)
        preferred = {"sponsor": acting.reference if acting else None}
        start = StartForm(rounds, sponsors, formdata=request.args or None, data=preferred)
        if request.args:
            start.validate()
        page = render_template("challenges/start.html", form=start, rounds=rounds, sponsors=sponsors, path_of=path_of)
        return page, 422 if start.errors else 200
    round, sponsor = chosen  # noqa: A001
    stages = round.funded_stages
    form = DraftForm.for_stages(stages, data=figures_of(stages))

    def create() -> Challenge:
        return Challenge.draft(
            round=round,
            sponsor=sponsor,
            brief=form.brief(),
            budgets=form.budgets(stages),
            by=actor(),
            at=clock.now(),
        )

    if drafted := made(form, create):
        flash(_("Draft saved. You can change it until it is sent for approval."), "success")
        return redirect(url_for(".show", slug=drafted.slug))
    return render_template("challenges/new.html", form=form, round=round, sponsor=sponsor), form.status


def _chosen(rounds: Sequence[Round], sponsors: Sequence[Organisation]) -> tuple[Round, Organisation] | None:
    """The round and sponsor that the address names, or the only ones there are."""
    named_round, named_sponsor = request.args.get("round"), request.args.get("sponsor")
    if len(rounds) == 1 and not named_round:
        named_round = rounds[0].reference
    if len(sponsors) == 1 and not named_sponsor:
        named_sponsor = sponsors[0].reference
    matching_rounds = [each for each in rounds if each.reference == named_round]
    matching_sponsors = [each for each in sponsors if each.reference == named_sponsor]
    return (matching_rounds[0], matching_sponsors[0]) if matching_rounds and matching_sponsors else None


@bp.route("/<slug>/draft", methods=["GET", "POST"])
@permit(
    policy.revise,
    find_challenge,
    act=N_("Change a draft challenge"),
    unbound="It saves a draft. The form compares it with what others saved.",
)
def edit(challenge: Challenge) -> ResponseReturnValue:
    if request.method == "GET" and challenge.state is not ChallengeState.DRAFT:
        return redirect(url_for(".show", slug=challenge.slug))
    stages = challenge.round.funded_stages
    form = RevisionForm.for_stages(stages, noun=challenge, data=words_of(challenge))
    if done(form, lambda: _revise(challenge, form, stages)):
        flash(_("Draft saved. You can change it until it is sent for approval."), "success")
        return redirect(url_for(".show", slug=challenge.slug))
    overtaken = form.status == LostRace.status
    page = render_template(
        "challenges/edit.html",
        form=form,
        challenge=challenge,
        parts=PARTS,
        stands=_what_stands(challenge, form) if overtaken else {},
        changed_by=_changed_by(challenge) if overtaken else None,
    )
    return page, form.status


def _revise(challenge: Challenge, form: DraftForm, stages: Sequence[Stage]) -> None:
    challenge.revise(brief=form.brief(), budgets=form.budgets(stages), by=actor(), at=clock.now())


def _what_stands(challenge: Challenge, form: DraftForm) -> dict[str, object]:
    """The saved value of each field in which the form has a different one."""
    return {name: value for name, value in words_of(challenge).items() if form[name].data != value}


def _changed_by(challenge: Challenge) -> User | None:
    return db.session.get(User, challenge.revised_by_id) if challenge.revised_by_id else None


@bp.post("/<slug>/approval-request")
@permit(policy.propose, find_challenge, act=N_("Send a challenge for approval"))
def propose(challenge: Challenge) -> ResponseReturnValue:
    form = TextForm(challenge)
    if not done(form, lambda: challenge.propose(by=actor(), at=clock.now())):
        return page_of(challenge, form), form.status
    flash(
        _("Sent for approval. Someone else at %(sponsor)s must approve it.", sponsor=challenge.sponsor.name), "success"
    )
    return redirect(url_for(".show", slug=challenge.slug))
