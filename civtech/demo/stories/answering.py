"""A team answers: it starts, writes its sections over some days, and submits early or at the last moment."""

from datetime import timedelta

from civtech.core import clock
from civtech.demo.cast import Team
from civtech.demo.director import Story
from civtech.demo.plot import Act, Plot
from civtech.demo.words import Idea
from civtech.proposals.models import Proposal


def answer(plot: Plot, team: Team, idea: Idea, *, number: int) -> Story:
    """Write one proposal. One in twelve stays a draft, one in twenty is withdrawn."""
    rng = plot.rng
    fate = rng.random()
    unfinished = Act.SUBMISSION in plot.left and team is plot.lead
    begins = rng.randint(1, 7 * plot.weeks_open - 4)
    yield plot.working(begins)
    proposal = Proposal.start(
        challenge=plot.challenge,
        organisation=team.organisation,
        title=idea.title,
        by=team.editor,
        at=clock.now(),
        number=number,
    )
    proposal.describe(title=idea.title, summary=idea.summary, by=team.editor, at=clock.now())
    last_day = 7 * plot.weeks_open - 1
    written = dict(zip((section.key for section in proposal.sections), _texts(plot, team, idea), strict=False))
    for key, body in written.items():
        yield min(plot.working(begins + rng.randint(0, 2)), plot.closes - timedelta(hours=20))
        if key == "team" and (unfinished or (fate < 0.08 and team is not plot.lead)):
            return
        proposal.write(key=key, body=body, by=team.editor, at=clock.now())
    yield plot.noon(
        rng.randint(min(begins + 2, last_day), last_day), hour=rng.randint(8, 22), minute=rng.randint(0, 59)
    )
    proposal.submit(by=team.owner, at=clock.now())
    plot.proposals[proposal] = team
    if fate > 0.95 and team is not plot.lead:
        yield plot.closes - timedelta(hours=2)
        proposal.withdraw(by=team.owner, at=clock.now())
        del plot.proposals[proposal]


def _texts(plot: Plot, team: Team, idea: Idea) -> list[str]:
    about = team.organisation.about
    people = plot.rng.choice(plot.words.sentences["team"]).replace("{company}", team.organisation.name)
    meets = f"{idea.summary}\n\nThe challenge asks for this: {plot.topic.brief.summary}\n\n{idea.approach}"
    return [idea.approach, meets, idea.new, idea.market, f"{about}\n\n{people}"]
