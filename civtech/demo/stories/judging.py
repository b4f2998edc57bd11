"""A panel judges: conflicts first, then scores with reasons, a decision by two people, and its release."""

from collections.abc import Callable
from datetime import timedelta
from math import floor

from civtech.core import clock
from civtech.core.db import db
from civtech.demo.director import Story
from civtech.demo.plot import Act, Plot
from civtech.judging.models import Assignment, AssignmentState, Decision, Panel
from civtech.judging.models.outcome import Verdict
from civtech.judging.ranking import Ranked, rank
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal

UNREAD = 3
TOLD = (
    "They declared a conflict with one team in an earlier challenge. They will declare it again here, and step aside."
)
TIED = "Equal scores on every criterion. The panel discussed the proposals and chose the one closest to the need."


def judge(
    plot: Plot,
    stage: Stage,
    candidates: list[Proposal],
    chosen: Callable[[list[Proposal]], None],
    *,
    begins: int,
    days: int,
) -> Story:
    """Judge the candidates at the end of `stage` within `days`, and pass those that go through to `chosen`."""
    staff, rng = plot.cast.staff, plot.rng
    yield plot.working(begins)
    panel = Panel.convene(
        challenge=plot.challenge,
        stage=stage,
        due_at=plot.noon(begins + days + 1, hour=17),
        by=staff[0],
        at=clock.now(),
    )
    first = [plot.cast.judges[0]] if Act.SCORES in plot.left else rng.sample(plot.cast.judges[:3], 1)
    judges = first + rng.sample(plot.cast.judges[3:], plot.judges - 1)
    for person in judges:
        panel.seat(person, by=staff[0], at=clock.now(), because=TOLD)
    plot.director.settle()
    assignments = [
        Assignment.make(panel=panel, judge=person, proposal=proposal, by=staff[0], at=clock.now())
        for person in judges
        for proposal in candidates
    ]
    talent = {
        proposal: 5.5 if plot.proposals[proposal] is plot.lead else rng.gauss(3.1, 0.9) for proposal in candidates
    }
    unread = range(len(candidates) - UNREAD, len(candidates)) if Act.SCORES in plot.left else ()
    for number, assignment in enumerate(assignments):
        if number in unread:
            continue
        share = days * number // len(assignments)
        spare = len(judges) > stage.quorum and assignment.judge is judges[0]
        plot.director.begin(score(plot, assignment, talent[assignment.proposal], day=begins + 1 + share, spare=spare))
    yield plot.noon(begins + days + 2, hour=10)
    if Act.DECISION in plot.left:
        return
    plot.director.settle()
    ranked = ranking(panel, candidates, assignments)
    going_on = [entry.candidate for entry in ranked if entry.passes][: panel.places or len(ranked)]
    proposer = staff[2] if Act.DECISION_APPROVAL in plot.left else staff[0]
    decision = Decision.propose(
        panel=panel,
        verdicts=[
            Verdict(
                proposal=entry.candidate,
                rank=entry.rank,
                total=floor(entry.total * 100),
                goes_on=entry.candidate in going_on,
                passes=entry.passes,
                feedback=rng.choice(
                    _phrases(plot, stage, "feedback_go" if entry.candidate in going_on else "feedback_stop")
                ),
            )
            for entry in ranked
        ],
        reason=rng.choice(_phrases(plot, stage, "decision")),
        departure=TIED,
        because=TOLD,
        by=proposer,
        at=clock.now(),
    )
    yield clock.now() + timedelta(hours=rng.randint(20, 28))
    plot.director.settle()
    if Act.DECISION_APPROVAL in plot.left:
        return
    decision.approve(by=staff[1], at=clock.now(), because=TOLD)
    yield clock.now() + timedelta(hours=2)
    plot.director.settle()
    decision.release(by=staff[1], at=clock.now(), because=TOLD)
    chosen(going_on)


def _phrases(plot: Plot, stage: Stage, about: str) -> list[str]:
    """Return the panel's phrases about something, with those for this kind of stage only where they suit."""
    sentences = plot.words.sentences
    own: list[str] = sentences.get(f"{about}_{stage.kind.value}", [])
    return own if own and about == "decision" else [*sentences[about], *own]


def ranking(panel: Panel, candidates: list[Proposal], assignments: list[Assignment]) -> list[Ranked[Proposal]]:
    """Return the candidates in ranked order."""
    cards: dict[Proposal, list[dict[int, int]]] = {proposal: [] for proposal in candidates}
    for assignment in assignments:
        if assignment.state is AssignmentState.LOCKED:
            cards[assignment.proposal].append(
                {score.criterion.id: score.points for score in assignment.scores if score.points is not None}
            )
    return rank(panel.stage.criteria, cards, pass_mark=panel.stage.pass_mark, quorum=panel.stage.quorum)


def score(plot: Plot, assignment: Assignment, talent: float, *, day: int, spare: bool) -> Story:
    """Let one judge score one proposal. A judge the panel can spare sometimes has a conflict of interest."""
    rng = plot.rng
    yield plot.working(day)
    if spare and rng.random() < 0.08:
        conflict = rng.choice(plot.words.sentences["conflicts"])
        assignment.declare_conflict(conflict=conflict, by=assignment.judge, at=clock.now())
        return
    assignment.declare_clear(by=assignment.judge, at=clock.now())
    yield clock.now() + timedelta(minutes=rng.randint(20, 180))
    marks: dict[object, tuple[int | None, str]] = {}
    for criterion in assignment.panel.stage.criteria:
        points = min(5, max(0, round(rng.gauss(talent, 0.7))))
        marks[criterion] = points, rng.choice(plot.words.sentences["reasons"][criterion.name][str(points)])
    assignment.save(marks=marks, by=assignment.judge, at=clock.now())  # type: ignore[arg-type]
    yield clock.now() + timedelta(minutes=rng.randint(5, 60))
    plot.director.settle(assignment, *assignment.scores)
    with db.session.no_autoflush:
        assignment.lock(by=assignment.judge, at=clock.now())
