"""The ranking of a panel, and the scores of one proposal in it."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.core.errors import NotFound
from civtech.core.text import N_
from civtech.judging import policy, queries
from civtech.judging.models import DecisionState, Panel
from civtech.judging.panel_ranking import Candidate, part_of, part_with_reasons, ranking
from civtech.judging.ranking import Ranked, weighted
from civtech.judging.views.finders import PANEL_URL, bp
from civtech.programmes.models import Stage
from civtech.programmes.scale import TIE_BREAK
from civtech.web.actor import actor
from civtech.web.display import tenths
from civtech.web.gate import permit
from civtech.web.pagination import PAGE


@dataclass(frozen=True)
class Viewed:
    """A panel with what its ranking page needs, read in one statement."""

    panel: Panel
    decision: str | None
    decision_state: DecisionState | None
    places: int | None
    next_stage: str | None
    sits: bool

    @property
    def challenge(self) -> Challenge:
        return self.panel.challenge


@dataclass(frozen=True)
class ViewedScores:
    """One proposal in the ranking, with its neighbours."""

    viewed: Viewed
    entry: Ranked[Candidate]
    better: Ranked[Candidate] | None
    worse: Ranked[Candidate] | None

    @property
    def challenge(self) -> Challenge:
        return self.viewed.challenge


def find_ranking(slug: str, stage_key: str) -> Viewed:
    """The panel with its current decision and the places of the next stage."""
    query = queries.panel_for_ranking(actor()).where(Challenge.slug == slug, Stage.key == stage_key)
    row = db.session.execute(query).unique().one_or_none()
    if row is None:
        raise NotFound
    return Viewed(*row)


def find_scores(slug: str, stage_key: str, reference: str) -> ViewedScores:
    """One proposal in the ranking of the panel."""
    viewed = find_ranking(slug, stage_key)
    ranked = ranking(viewed.panel)
    if reference not in ranked.order:
        raise NotFound
    place = ranked.order.index(reference)
    first = max(place - 1, 0)
    near = part_with_reasons(ranked, viewed.panel, range(first, min(place + 2, len(ranked.order))))
    number = place - first
    return ViewedScores(
        viewed,
        near[number],
        better=near[number - 1] if number else None,
        worse=near[number + 1] if number + 1 < len(near) else None,
    )


@bp.get(f"{PANEL_URL}/ranking", endpoint="ranking")
@permit(policy.see_ranking, find_ranking, act=N_("View the ranking of a stage"))
def show_ranking(viewed: Viewed) -> ResponseReturnValue:
    ranked = ranking(viewed.panel)
    asked = request.args.get("start", 0, type=int)
    total = len(ranked.order)
    start = min(max(asked, 0), max(total - 1, 0)) // PAGE * PAGE
    return render_template(
        "judging/ranking.html",
        viewed=viewed,
        panel=viewed.panel,
        ranked=part_of(ranked, viewed.panel, range(start, min(start + PAGE, total))),
        total=total,
        passing=ranked.passing,
        short=ranked.short,
        start=start,
        rows=PAGE,
        tie_break=TIE_BREAK,
        may_propose=viewed.decision is None and policy.decides(actor(), viewed.panel, sits=viewed.sits),
    )


@bp.get(f"{PANEL_URL}/ranking/<reference>")
@permit(policy.see_ranking, find_scores, act=N_("View the scores and reasons for a proposal"))
def scores(scored: ViewedScores) -> ResponseReturnValue:
    criteria = scored.viewed.panel.stage.criteria
    return render_template(
        "judging/scores.html",
        scored=scored,
        panel=scored.viewed.panel,
        entry=scored.entry,
        heat=[
            {
                "name": card.judge,
                "scores": [card.points[criterion.id] for criterion in criteria],
                "total": f"{tenths(weighted(criteria, card.points))}%",
            }
            for card in scored.entry.candidate.cards.values()
        ],
    )
