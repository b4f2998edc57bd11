"""Acts on rounds, challenges, proposals and judging."""

from datetime import timedelta

from civtech.challenges.models import PARTS, Challenge
from civtech.core.db import db
from civtech.people.models import User
from civtech.proposals.models import Opening
from tests.factories.programmes import RoundFactory
from tests.factories.verbs import DAY
from tests.seen.scene import Change, Scene, act, to
from tests.world import Age, World


def text_of(challenge: Challenge) -> dict[str, Change]:
    """A change for each fact of a challenge that is put to the public."""
    stages = challenge.round.funded_stages
    budgets = {budget.stage_id: budget for budget in challenge.budgets}
    return {
        "sponsor": to(challenge.sponsor, legal_name="Another Body"),
        "round": to(challenge.round, name="Another round"),
        **({"proposed_at": to(challenge, proposed_at=challenge.proposed_at - DAY)} if challenge.proposed_at else {}),
        **{part.key: to(challenge, **{part.key: f"Another text: {part.key}."}) for part in PARTS},
        **{f"budget_{stage.key}": to(budgets[stage.id], amount_pence=77_700) for stage in stages},
    }


@act("challenges.propose", Age.PREPARED)
def send_for_approval(world: World) -> Scene:
    challenge = world.drafted()
    page = f"/challenges/{challenge.slug}"
    return Scene(world.author, page, text_of(challenge), "/approval-request")


@act("challenges.approve", Age.PREPARED)
def approve_challenge(world: World) -> Scene:
    challenge = world.put_forward()
    return Scene(world.approver, f"/challenges/{challenge.slug}", text_of(challenge), "/approval")


@act("challenges.send_back", Age.PREPARED)
def send_challenge_back(world: World) -> Scene:
    challenge = world.put_forward()
    page = f"/challenges/{challenge.slug}/return"
    return Scene(world.approver, page, text_of(challenge), typed={"message": "Say who pays."})


@act("challenges.publish", Age.PREPARED)
def publish(world: World) -> Scene:
    challenge = world.approved()
    typed = {}
    for name, days in (("opens_at", 1), ("questions_close_at", 5), ("closes_at", 20)):
        moment = world.at + timedelta(days=days)
        parts = {"day": moment.day, "month": moment.month, "year": moment.year, "time": "12:00"}
        typed |= {f"{name}-{part}": str(value) for part, value in parts.items()}
    page = f"/challenges/{challenge.slug}/publication"
    return Scene(world.staff, page, text_of(challenge), page, typed=typed, preview=True)


@act("challenges.move", Age.PREPARED)
def move(world: World) -> Scene:
    challenge = world.drafted()
    other = RoundFactory(name="Round 10", pathway=world.round.pathway, by=world.staff, at=world.since, opened=True)
    bound = {key: change for key, change in text_of(challenge).items() if key == "round" or key.startswith("budget")}
    page = f"/challenges/{challenge.slug}/round"
    return Scene(world.author, page, bound, typed={"round": other.reference}, kept=["round"])


@act("challenges.cancel", Age.PUBLISHED)
def cancel(world: World) -> Scene:
    challenge = world.challenge
    question, received, draft = world.asked(), world.submitted(), world.started(world.rival)
    budget = challenge.budgets[0]
    changes = {
        "sponsor": to(challenge.sponsor, legal_name="Another Body"),
        "question": to(challenge, question="How can we ask something else?"),
        "closes_at": to(challenge, closes_at=challenge.closes_at + DAY),
        "budget": to(budget, amount_pence=budget.amount_pence + 100),
        "questions": to(
            question, state="answered", answer="Yes.", answered_at=world.at, answered_by_id=world.author.id
        ),
        "submitted": to(received, state="withdrawn", withdrawn_at=world.at),
        "drafts": to(draft, state="submitted", submitted_at=world.at),
    }
    page = f"/challenges/{challenge.slug}/cancellation"
    fixed = {"state": "It is the state that the verb starts from."}
    return Scene(world.approver, page, changes, typed={"message": "No money."}, fixed=fixed)


@act("challenges.answer", Age.PUBLISHED)
def answer(world: World) -> Scene:
    question = world.asked()
    changes = {
        "text": to(question, text="Are there other data?"),
        "due_at": to(world.challenge, questions_close_at=world.challenge.questions_close_at - DAY),
    }
    page = f"/challenges/{world.challenge.slug}/questions/{question.reference}/answer"
    return Scene(world.author, page, changes, page, typed={"answer": "Yes, daily."}, preview=True)


@act("programmes.opening", Age.PREPARED, opened=False)
def open_round(world: World) -> Scene:
    changes = {"round": to(world.round, name="Another round")}
    for stage in world.round.stages:
        figures = {"teams": stage.teams, "amount": stage.amount_pence, "weeks": stage.weeks}
        columns = {"teams": {"teams": 77}, "amount": {"amount_pence": 77_700}, "weeks": {"weeks": 77}}
        if stage.criteria:
            figures |= {"quorum": stage.quorum, "pass_mark": stage.pass_mark}
            columns |= {"quorum": {"quorum": 7}, "pass_mark": {"pass_mark": 77}}
        for key, value in figures.items():
            if value is not None:
                changes[f"{stage.key}_{key}"] = to(stage, **columns[key])
        for criterion in stage.criteria:
            key = f"{stage.key}_criterion_{criterion.position}"
            changes[key] = to(criterion, description="Something else.")
    page = f"/rounds/{world.round.reference}/opening"
    return Scene(world.staff, page, changes, page)


@act("programmes.finish_round", Age.PREPARED)
def close_round(world: World) -> Scene:
    ended = world.drafted()
    ended.cancel(message="No money.", by=world.approver, at=world.at - DAY)
    changes = {
        "round": to(world.round, name="Another round"),
        "cancelled": gone_with_budgets(ended),
    }
    page = f"/rounds/{world.round.reference}/completion"
    fixed = {"ran": "A challenge that closed keeps the round open until it was decided."}
    return Scene(world.staff, page, changes, page, fixed=fixed)


def gone_with_budgets(challenge: Challenge) -> Change:
    other = RoundFactory(name="Round 10", pathway=challenge.round.pathway, opened=True)
    return to(challenge, round_id=other.id)


@act("proposals.submit", Age.PUBLISHED)
def submit(world: World) -> Scene:
    proposal = world.written()
    changes = {
        "organisation": to(proposal.organisation, legal_name="Another Name Ltd"),
        "challenge": to(world.challenge, question="How can we ask something else?"),
        "closes_at": to(world.challenge, closes_at=world.challenge.closes_at + DAY),
        "part_title": to(proposal, draft_title="Another title"),
        "part_summary": to(proposal, draft_summary="Another summary."),
        **{f"part_{section.key}": to(section, body="Another text.") for section in proposal.sections},
    }
    page, action = f"/proposals/{proposal.reference}/check", f"/proposals/{proposal.reference}/submission"
    fixed = {"declaration": "Its words are in the code."}
    return Scene(world.company_owner, page, changes, action, typed={"declaration": "y"}, fixed=fixed)


@act("proposals.withdraw", Age.PUBLISHED)
def withdraw(world: World) -> Scene:
    proposal = world.submitted()
    received = proposal.submissions[-1]
    changes = {
        "title": to(proposal, title="Another title"),
        "number": to(received, number=7),
        "received_at": to(received, received_at=received.received_at + timedelta(minutes=1)),
        "closes_at": to(world.challenge, closes_at=world.challenge.closes_at + DAY),
    }
    page = f"/proposals/{proposal.reference}/withdrawal"
    return Scene(world.company_owner, page, changes, page)


def sealed(world: World) -> dict[str, Change]:
    """The world's challenge has closed, and its proposals are not opened."""
    closed = world.published(opens=-30, closes=-1)
    beside = world.beside(closed)
    received = [beside.submitted(company) for company in world.teams(2)]
    world.challenge = closed
    return {
        "challenge": to(closed, question="How can we ask something else?"),
        "closes_at": to(closed, closes_at=closed.closes_at - DAY),
        "count": to(received[0], state="withdrawn", withdrawn_at=closed.closes_at - DAY),
    }


@act("proposals.request_opening", Age.PUBLISHED)
def request_opening(world: World) -> Scene:
    changes = sealed(world)
    return Scene(world.staff, f"/challenges/{world.challenge.slug}/opening", changes, "/opening")


@act("proposals.confirm_opening", Age.PUBLISHED)
def confirm_opening(world: World) -> Scene:
    changes = sealed(world)
    asked = Opening.request(challenge=world.challenge, by=world.staff, at=world.at)
    changes["requested_by"] = to(world.staff, name="Another Person")
    db.session.flush()
    changes["requested_at"] = to(asked, requested_at=asked.requested_at - timedelta(minutes=5))
    return Scene(world.colleague, f"/challenges/{world.challenge.slug}/opening", changes, "/confirmation")


@act("judging.assign_all", Age.RECEIVED)
def assign_all(world: World) -> Scene:
    panel = world.convene()
    judges: dict[str, User] = {f"judge_{judge.reference}": judge for judge in world.judges}
    changes = {
        "stage": to(panel.stage, name="Another stage"),
        "proposals": to(world.proposals[0], state="withdrawn", withdrawn_at=world.closes_at - DAY),
        **{key: to(judge, name="Another Judge") for key, judge in judges.items()},
    }
    return Scene(world.staff, world.url("/assignments"), changes, "/all")


@act("judging.due_date", Age.RECEIVED)
def due_date(world: World) -> Scene:
    panel = world.convene(due_at=world.at + 5 * DAY)
    moment = world.at + 9 * DAY
    typed = {"due_at-day": moment.day, "due_at-month": moment.month, "due_at-year": moment.year}
    changes = {"due_at": to(panel, due_at=world.at + 6 * DAY)}
    said = {name: str(value) for name, value in typed.items()} | {"due_at-time": "12:00"}
    return Scene(world.staff, world.url("/due-date"), changes, typed=said)


@act("judging.declare", Age.RECEIVED)
def declare(world: World) -> Scene:
    world.convene()
    given = world.assigned()[0]
    changes = {
        "challenge": to(world.challenge, question="How can we ask something else?"),
        "proposal": to(given.proposal, reference="P-7777-7777"),
        "applicant": to(given.proposal.organisation, legal_name="Another Name Ltd"),
    }
    page = f"/assignments/{given.reference}"
    return Scene(given.judge, page, changes, "/declaration", typed={"interest": "clear"}, kept=["interest"])


def scoring(world: World, sends: str) -> Scene:
    world.convene()
    given = world.assigned()[0]
    world.score(given, 3, lock=False, reason="Sound.")
    changes = {
        "proposal": to(given.proposal, reference="P-7777-7777"),
        "applicant": to(given.proposal.organisation, legal_name="Another Name Ltd"),
    }
    typed = {}
    for score in given.scores:
        key = f"criterion_{score.criterion.position}"
        changes[key] = to(score.criterion, description="Something else.")
        changes[f"{key}_points"] = to(score, points=1)
        changes[f"{key}_reason"] = to(score, reason="Another reason.")
        typed |= {f"points_{score.criterion.position}": "5", f"reason_{score.criterion.position}": "Much better."}
    kept = [name for name in typed if name.startswith("reason")]
    page = f"/assignments/{given.reference}"
    return Scene(given.judge, page, changes, "/scores", typed=typed, kept=kept, sends=page + sends)


@act("judging.save", Age.RECEIVED)
def save_scores(world: World) -> Scene:
    return scoring(world, "/scores")


@act("judging.lock", Age.RECEIVED)
def lock_scores(world: World) -> Scene:
    return scoring(world, "/lock")
