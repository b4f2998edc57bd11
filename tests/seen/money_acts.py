"""Acts on decisions, rights, agreements and money."""

from datetime import date

from civtech.core.db import db
from civtech.judging.models import Decision
from civtech.rights.models import BackgroundKind
from civtech.rights.models.terms import EQUITY, LICENCE
from civtech.stages.models import Milestone, StageAgreement
from tests.factories.stages import accepted, delivered
from tests.factories.verbs import DAY
from tests.seen.scene import Change, Scene, act, gone, to
from tests.world import Age, World


def ranked(world: World) -> dict[str, Change]:
    """A change for each fact that a decision is proposed on: what is locked, and who was recused."""
    recused = world.person("recused_judge")
    world.panel.seat(recused, by=world.staff, at=world.at)
    db.session.flush()
    away = world.assignment(recused, world.proposals[0], recused=True)
    waiting = world.assignment(recused, world.proposals[1])
    following = world.round.stage_after(world.panel.stage)
    assert following is not None
    changes = {
        "places": to(following, teams=77),
        "unlocked": to(waiting, panel_id=world.panel.id, state="locked", declared_at=world.at, locked_at=world.at),
        f"recused_{away.proposal.reference}_{recused.name}": to(
            away, state="assigned", conflict=None, declared_at=None
        ),
    }
    for proposal in world.proposals:
        scores = world.of(world.judges[0], proposal).scores
        changes[proposal.reference] = to(scores[0], points=1)
    return changes


@act("judging.new_decision", Age.JUDGED)
def propose_decision(world: World) -> Scene:
    changes = ranked(world)
    typed = {"reason": "The best answers.", "departure": "As talked through."}
    return Scene(world.staff, world.url("/decisions/new"), changes, typed=typed)


def decision_facts(decision: Decision) -> dict[str, Change]:
    changes = {
        "reason": to(decision, reason="Another reason."),
        "departure": to(decision, departure="Another departure."),
    }
    for outcome in decision.outcomes:
        reference = outcome.proposal.reference
        changes[reference] = to(outcome, goes_on=not outcome.goes_on)
        changes[f"{reference}_feedback"] = to(outcome, feedback="Other feedback.")
    return changes


def decision_of(world: World, *, approved: bool = False) -> Decision:
    decision = world.decided(world.proposals[:1], release=False)
    if approved:
        decision.approve(by=world.colleague, at=world.at)
    db.session.flush()
    return decision


@act("judging.approve", Age.JUDGED)
def approve_decision(world: World) -> Scene:
    decision = decision_of(world)
    return Scene(world.colleague, f"/decisions/{decision.reference}", decision_facts(decision), "/approval")


@act("judging.send_back", Age.JUDGED)
def send_decision_back(world: World) -> Scene:
    decision = decision_of(world)
    page, typed = f"/decisions/{decision.reference}", {"message": "Say more."}
    return Scene(world.colleague, page, decision_facts(decision), "/return", typed=typed)


@act("judging.release", Age.JUDGED)
def release_decision(world: World) -> Scene:
    decision = decision_of(world, approved=True)
    return Scene(world.staff, f"/decisions/{decision.reference}", decision_facts(decision), "/release")


def agreement_facts(agreement: StageAgreement) -> dict[str, Change]:
    """A change for each fact of an agreement."""
    changes = {
        "agreement": to(agreement, reference="G-7777-7777"),
        "amount": to(agreement, amount_pence=77_700),
        "vat": to(agreement, vat_pence=77),
        "gross": to(agreement, vat_pence=78),
        "vat_number": to(agreement, vat_number="GB980780684", vat_reason=None),
        "starts_on": to(agreement, starts_on=date(2027, 1, 7)),
        "ends_on": to(agreement, ends_on=date(2027, 7, 7)),
    }
    for milestone in agreement.milestones:
        changes[f"milestone_{milestone.number}"] = to(milestone, title="Something else")
        changes[f"criteria_{milestone.number}"] = to(milestone, success_criteria="Anything.")
    return changes


ITS_ADDRESS = {"agreement": "The page is found by it."}


@act("stages.offer", Age.FUNDED, teams=1)
def offer(world: World) -> Scene:
    agreement = world.agreement()
    budget = next(each for each in world.challenge.budgets if each.stage_id == agreement.stage_id)
    changes = agreement_facts(agreement) | {"left": to(budget, amount_pence=budget.amount_pence + 100)}
    del changes["agreement"]
    first, net, vat = agreement.milestones[0], agreement.amount_pence, agreement.vat_pence
    less = to(first, amount_pence=first.amount_pence - 10_000, vat_pence=first.vat_pence - 2_000)
    none = to(first, vat_per_cent=0, vat_pence=0)
    changes["amount"] = to(agreement, amount_pence=net - 10_000, vat_pence=vat - 2_000, also=less)
    changes["vat"] = changes["gross"] = to(agreement, vat_pence=vat - first.vat_pence, also=none)
    del changes["vat_number"]
    page = f"/agreements/{agreement.reference}/offer"
    fixed = ITS_ADDRESS | {"vat_number": "It is typed on this page."}
    return Scene(world.staff, page, changes, page, fixed=fixed)


@act("stages.discard", Age.FUNDED, teams=1)
def discard(world: World) -> Scene:
    agreement = world.agreement()
    changes = agreement_facts(agreement)
    del changes["agreement"]
    return Scene(world.staff, f"/agreements/{agreement.reference}", changes, "/removal", fixed=ITS_ADDRESS)


@act("stages.take_back", Age.FUNDED, teams=1)
def take_back(world: World) -> Scene:
    agreement = world.offered()
    changes = agreement_facts(agreement) | {"company": to(agreement.company, legal_name="Another Name Ltd")}
    del changes["agreement"]
    return Scene(world.staff, f"/agreements/{agreement.reference}", changes, "/recall", fixed=ITS_ADDRESS)


def background(agreement: StageAgreement, world: World) -> None:
    agreement.statement.list_background(
        kind=BackgroundKind.SOFTWARE, title="Signal library", owner="The company", by=world.company_owner, at=world.at
    )
    db.session.flush()


@act("rights.accept_for_company", Age.FUNDED, teams=1)
def accept_for_company(world: World) -> Scene:
    return accepting(world, "company")


@act("rights.accept_for_body", Age.FUNDED, teams=1)
def accept_for_body(world: World) -> Scene:
    return accepting(world, "body")


def accepting(world: World, side: str) -> Scene:
    agreement = world.offered()
    statement = agreement.statement
    changes = agreement_facts(agreement) | {
        "company": to(statement, company_name="Another Name Ltd"),
        "public_body": to(statement, public_body_name="Another Body"),
        **{name: to(statement, **{name: "Something else"}) for name in (f"licence_{term}" for term in LICENCE)},
    }
    who = world.company_owner if side == "company" else world.approver
    fixed = dict.fromkeys(EQUITY, "The database allows nothing but none.")
    return Scene(who, f"/rights-statements/{statement.reference}", changes, f"/{side}-acceptance", fixed=fixed)


@act("rights.remove_background", Age.FUNDED, teams=1)
def remove_background(world: World) -> Scene:
    agreement = world.offered()
    background(agreement, world)
    item = agreement.statement.background[0]
    changes = {
        "kind": to(item, kind="patent"),
        "title": to(item, title="Another library"),
        "owner": to(item, owner="Someone else"),
    }
    page = f"/rights-statements/{agreement.statement.reference}"
    return Scene(world.company_owner, page, changes, f"/background/{item.id}/removal")


def milestone_facts(milestone: Milestone, *, passed: bool = False) -> dict[str, Change]:
    return {
        "title": to(milestone, title="Something else"),
        "criteria": to(milestone, success_criteria="Anything."),
        "due_on": to(milestone, due_on=date(2027, 2, 7) if passed else date(2027, 7, 7)),
        "amount": to(milestone, amount_pence=77_700, vat_pence=15_540),
    }


@act("stages.drop_milestone", Age.FUNDED, teams=1)
def drop_milestone(world: World) -> Scene:
    milestone = world.agreement().milestones[0]
    return Scene(world.staff, f"/milestones/{milestone.reference}", milestone_facts(milestone), "/removal")


@act("stages.deliver", Age.FUNDED, teams=1)
def deliver(world: World) -> Scene:
    milestone = world.in_force().milestones[0]
    delivered(milestone, at=world.at - 9 * DAY)
    milestone.send_back(reason="Which junctions?", by=world.acceptor, at=world.at - 8 * DAY)
    db.session.flush()
    changes = milestone_facts(milestone) | {"returned": to(milestone.deliverables[0], reason="How many?")}
    typed = {"evidence": "All of them.", "link": "https://example.org/2"}
    return Scene(world.company_owner, f"/milestones/{milestone.reference}/deliverables/new", changes, typed=typed)


def evidence_facts(milestone: Milestone) -> dict[str, Change]:
    latest = milestone.deliverables[-1]
    changes = milestone_facts(milestone) | {
        "number": to(latest, number=7),
        "evidence": to(latest, evidence="Other evidence."),
        "link": to(latest, link="https://example.org/other"),
    }
    del changes["due_on"]
    return changes


@act("stages.accept", Age.FUNDED, teams=1)
def accept_evidence(world: World) -> Scene:
    milestone = delivered(world.in_force().milestones[0], at=world.at - 9 * DAY)
    return Scene(world.acceptor, f"/milestones/{milestone.reference}", evidence_facts(milestone), "/acceptance")


@act("stages.send_back", Age.FUNDED, teams=1)
def return_evidence(world: World) -> Scene:
    milestone = delivered(world.in_force().milestones[0], at=world.at - 9 * DAY)
    page = f"/milestones/{milestone.reference}/return"
    return Scene(world.acceptor, page, evidence_facts(milestone), typed={"reason": "Which junctions?"})


@act("stages.give_up", Age.FUNDED, teams=1)
def give_up(world: World) -> Scene:
    agreement = world.in_force()
    later = agreement.milestones[1]
    later.agreement.complete(by=None, at=world.at - 25 * DAY)
    db.session.flush()
    return Scene(world.staff, f"/milestones/{later.reference}", milestone_facts(later, passed=True), "/end")


@act("stages.conclude", Age.FUNDED, teams=1)
def conclude(world: World) -> Scene:
    agreement = world.in_force()
    for milestone in agreement.milestones:
        accepted(milestone, at=world.at - 9 * DAY)
    for criterion in list(agreement.stage.criteria):
        gone(criterion).make()
    changes = {
        "company": to(agreement.company, legal_name="Another Name Ltd"),
        "amount": to(agreement, amount_pence=77_700),
        **{f"milestone_{each.number}": to(each, title="Something else") for each in agreement.milestones},
    }
    return Scene(world.staff, f"/agreements/{agreement.reference}", changes, "/completion")


def payee_facts(milestone: Milestone) -> dict[str, Change]:
    return {
        "payee": to(milestone.agreement.company, legal_name="Another Name Ltd"),
        "milestone": to(milestone, title="Something else"),
    }


@act("funding.propose", Age.FUNDED, teams=1)
def propose_release(world: World) -> Scene:
    milestone = world.accepted(world.in_force().milestones[0])
    changes = payee_facts(milestone) | {
        "amount": to(milestone, amount_pence=77_700, vat_pence=15_540),
        "vat": to(milestone, vat_per_cent=5, vat_pence=10_000),
        "gross": to(milestone, vat_per_cent=0, vat_pence=0),
    }
    return Scene(world.staff, f"/milestones/{milestone.reference}", changes, "/releases")


def release_scene(world: World, act_on: str, *, approved: bool = False) -> Scene:
    milestone = world.in_force().milestones[0]
    release = world.release(milestone)
    if approved:
        release.approve(by=world.colleague, at=world.at)
        db.session.flush()
    changes = payee_facts(milestone) | {
        "amount": to(release, amount_pence=77_700),
        "vat": to(release, vat_pence=77),
        "gross": to(release, vat_pence=78),
    }
    page = f"/releases/{release.reference}"
    if act_on == "/refusal":
        return Scene(world.colleague, page + act_on, changes, typed={"reason": "Wrong figure."})
    typed = {"bank_reference": "BACS-000777"} if approved else {}
    return Scene(world.finance if approved else world.colleague, page, changes, act_on, typed=typed)


@act("funding.approve", Age.FUNDED, teams=1)
def approve_release(world: World) -> Scene:
    return release_scene(world, "/approval")


@act("funding.refuse", Age.FUNDED, teams=1)
def refuse_release(world: World) -> Scene:
    return release_scene(world, "/refusal")


@act("funding.pay", Age.FUNDED, teams=1)
def pay_release(world: World) -> Scene:
    return release_scene(world, "/payment", approved=True)
