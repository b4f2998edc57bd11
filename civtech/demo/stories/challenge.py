"""One challenge from question to contract."""

from collections.abc import Generator
from datetime import datetime, timedelta

from civtech.core import clock
from civtech.demo.director import Story
from civtech.demo.plot import FUNDING, Act, Plot
from civtech.demo.stories.answering import answer
from civtech.demo.stories.asking import ask, converse
from civtech.demo.stories.funding import fund
from civtech.demo.stories.judging import judge
from civtech.programmes.models import Round, Stage
from civtech.proposals.models import Opening, Proposal
from civtech.stages.models import StageAgreement


def live(plot: Plot, round: Round) -> Story:  # noqa: A002
    """Play the whole challenge. The director stops at today."""
    yield from ask(plot, round)
    others = [team for team in plot.cast.teams if team is not plot.lead]
    teams = plot.rng.sample(others, min(plot.answers, len(others)))
    if plot.lead:
        teams[0] = plot.lead
    for number, team in enumerate(teams):
        idea = plot.topic.ideas[number % len(plot.topic.ideas)]
        plot.director.begin(answer(plot, team, idea, number=1))
    converse(plot)
    yield plot.closes + timedelta(minutes=plot.rng.randint(40, 90))
    plot.director.settle()
    opening = Opening.request(challenge=plot.challenge, by=plot.cast.staff[2], at=clock.now())
    if Act.OPENING in plot.left:
        return
    yield clock.now() + timedelta(minutes=plot.rng.randint(10, 50))
    plot.director.settle()
    opening.confirm(by=plot.cast.staff[1], at=clock.now())
    plot.director.settle()
    candidates = sorted(plot.proposals, key=lambda proposal: proposal.reference)
    begins = 7 * plot.weeks_open + 1
    for stage in round.stages:
        begins = yield from _pass(plot, stage, candidates, begins)
        if not candidates:
            return


def _pass(plot: Plot, stage: Stage, candidates: list[Proposal], begins: int) -> Generator[datetime, None, int]:
    """Play the work of a funded stage and the judging at its end. `candidates` keeps the teams that go through."""
    rivals: list[StageAgreement] = []
    if stage.is_funded:
        left = dict(zip(candidates, (act for act in plot.left if act in FUNDING), strict=False))
        for proposal in candidates:
            share = plot.rng.uniform(0.5, 0.95) if stage.amount_is_ceiling else 1
            plot.director.begin(
                fund(plot, stage, proposal, rivals, begins=begins, share=share, left=left.get(proposal))
            )
        begins += 7 * (stage.weeks or 4) + 4
    if not stage.criteria or not plot.round.stage_after(stage):
        yield plot.working(begins + 20)
        for agreement in rivals:
            agreement.complete(by=plot.cast.staff[0], at=clock.now())
        candidates.clear()
        return begins
    days = min(6, 2 + len(candidates) // 4)
    chosen: list[Proposal] = []
    yield from judge(plot, stage, list(candidates), chosen.extend, begins=begins, days=days)
    candidates[:] = chosen
    return begins + days + 5
