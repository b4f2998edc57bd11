"""Deciding on a possible conflict of interest of someone who is already on a panel, or has already decided."""

from dataclasses import dataclass

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from civtech.challenges.consideration import SettlingForm
from civtech.challenges.models import Known
from civtech.core import clock
from civtech.core.errors import NotFound
from civtech.core.text import N_
from civtech.judging import policy
from civtech.judging.judged_stage import ConvenedStage, JudgedStage
from civtech.judging.models import Decision, settle
from civtech.judging.panel_conflicts import decision_seen, known_on
from civtech.judging.views.finders import PANEL_URL, bp, find_convened
from civtech.judging.views.panels import url_of
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


@dataclass(frozen=True)
class Doubted(JudgedStage):
    """What we know about one person who takes part in the judging of a stage."""

    judged: ConvenedStage
    known: list[Known]
    decision: Decision | None
    """The decision on the panel, if the reader can see it: it says what can still be changed."""

    @property
    def person(self) -> str:
        """The person's name."""
        return str(self.known[0].row.person)


def find_doubted(slug: str, stage_key: str, reference: str) -> Doubted:
    """What we know about the judge, or about who proposed or approved the decision, with this reference."""
    judged = find_convened(slug, stage_key)
    decision = decision_seen(judged, actor())
    about = [each for each in known_on(judged, decision) if each.row.person_reference == reference]
    if not about:
        raise NotFound
    return Doubted(judged.challenge, judged.stage, judged, about, decision)


@bp.route(f"{PANEL_URL}/conflicts/<reference>", methods=["GET", "POST"])
@permit(
    policy.run_panel,
    find_doubted,
    act=N_("Decide on a possible conflict of interest"),
)
def conflict(doubted: Doubted) -> ResponseReturnValue:
    judged = doubted.judged
    form = SettlingForm(judged.panel, doubted.known)
    if done(
        form, lambda: settle(judged.panel, doubted.known, because=form.because.data or "", by=actor(), at=clock.now())
    ):
        flash(_("Decision recorded: %(person)s can take part.", person=doubted.person), "success")
        return redirect(url_of(".panel", judged))
    return render_template("judging/conflict.html", judged=judged, doubted=doubted, form=form), form.status
