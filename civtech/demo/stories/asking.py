"""A sponsor asks: draft, approval, publication, questions and answers."""

from datetime import timedelta

from civtech.challenges.models import Challenge, Question
from civtech.core import clock
from civtech.demo.director import Story
from civtech.demo.plot import Act, Plot
from civtech.programmes.models import Round


def ask(plot: Plot, round: Round, *, drafted: int = -35) -> Story:  # noqa: A002
    """Take a challenge from draft to publication. Proposals open at the plot's start."""
    body, staff = plot.body, plot.cast.staff
    yield plot.working(drafted)
    plot.challenge = Challenge.draft(
        round=round,
        sponsor=body.organisation,
        brief=plot.topic.brief,
        budgets={stage: stage.budget_pence for stage in round.funded_stages},
        by=body.author,
        at=clock.now(),
    )
    yield plot.working(drafted + 6)
    plot.director.settle()
    plot.challenge.propose(by=body.author, at=clock.now())
    if Act.CHALLENGE_APPROVAL in plot.left:
        return
    if plot.rng.random() < 0.25:
        yield plot.working(drafted + 8)
        plot.director.settle()
        message = plot.rng.choice(plot.words.sentences["send_back"])
        plot.challenge.send_back(message=message, by=body.approver, at=clock.now())
        yield plot.working(drafted + 11)
        plot.director.settle()
        plot.challenge.propose(by=body.author, at=clock.now())
    yield plot.working(drafted + 14)
    plot.director.settle()
    plot.challenge.approve(by=body.approver, at=clock.now())
    yield plot.working(drafted + 20)
    plot.director.settle()
    plot.challenge.publish(
        opens_at=plot.noon(0, hour=9),
        questions_close_at=plot.closes - timedelta(days=7),
        closes_at=plot.closes,
        by=staff[0],
        at=clock.now(),
    )


def converse(plot: Plot) -> None:
    """Start a story for each question that teams ask while questions are open."""
    window = max(1, 7 * plot.weeks_open - 9)
    exchanges = plot.rng.sample(plot.words.sentences["questions"], plot.rng.randint(2, 6))
    for number, exchange in enumerate(exchanges):
        left = Act.ANSWER in plot.left and number == 0
        plot.director.begin(question(plot, exchange, day=plot.rng.randint(1, window), left=left))


def question(plot: Plot, exchange: dict[str, str], *, day: int, left: bool) -> Story:
    """Ask a question. The sponsor answers it to everyone some days later."""
    asker = plot.rng.choice(plot.cast.teams).editor
    yield plot.working(day)
    asked = Question.ask(challenge=plot.challenge, text=exchange["text"], by=asker, at=clock.now())
    if left:
        return
    yield clock.now() + timedelta(days=plot.rng.randint(1, 3), hours=plot.rng.randint(0, 5))
    plot.director.settle()
    asked.give_answer(answer=exchange["answer"], by=plot.body.author, at=clock.now())
