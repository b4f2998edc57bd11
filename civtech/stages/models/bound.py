"""What each decision about an agreement binds, fact by fact."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from civtech.core.facts import Amount, Fact, Value
from civtech.core.text import N_, Text
from civtech.stages.models.states import MilestoneState

if TYPE_CHECKING:
    from civtech.stages.models.agreement import StageAgreement
    from civtech.stages.models.milestone import Milestone


def facts_of(agreement: "StageAgreement") -> Iterator[Fact]:
    """Yield what comes into force with the rights statement. All of it is fixed from the offer on."""
    yield Fact("agreement", Text(N_("Stage agreement")), agreement.reference)
    yield Fact("amount", Text(N_("Amount")), Amount(agreement.amount_pence, agreement.currency))
    yield Fact("vat", Text(N_("VAT")), Amount(agreement.vat_pence, agreement.currency, ex_vat=False))
    yield Fact(
        "gross", Text(N_("Amount including VAT")), Amount(agreement.gross_pence, agreement.currency, ex_vat=False)
    )
    yield Fact("vat_number", Text(N_("VAT number")), agreement.vat_number or "")
    yield Fact("starts_on", Text(N_("Starts")), agreement.starts_on)
    yield Fact("ends_on", Text(N_("Ends")), agreement.ends_on)
    for milestone in agreement.milestones:
        number = {"number": milestone.number}
        words = Text(
            N_("%(title)s: due on %(due)s, pays %(amount)s, plus %(vat)s VAT"),
            {
                "title": milestone.title,
                "due": milestone.due_on,
                "amount": Amount(milestone.amount_pence, milestone.currency),
                "vat": Amount(milestone.vat_pence, milestone.currency, ex_vat=False),
            },
        )
        yield Fact(f"milestone_{milestone.number}", Text(N_("Milestone %(number)s"), number), words)
        yield Fact(
            f"criteria_{milestone.number}",
            Text(N_("Success criteria for milestone %(number)s"), number),
            milestone.success_criteria,
        )


def offered(agreement: "StageAgreement", *, left: int) -> list[Fact]:
    """Yield what an offer binds: the agreement, and `left`, the pence the challenge has for its stage."""
    return [*facts_of(agreement), Fact("left", Text(N_("Available for this stage")), Amount(left, agreement.currency))]


def returns_to_the_budget(milestone: "Milestone", at: datetime) -> Iterator[Fact]:
    """Yield what returning the evidence also ends, if the stage is over and the date has passed."""
    if milestone.agreement.ended_at is not None and milestone.is_overdue(at):
        label = Text(N_("If you return it, the milestone ends and the budget gets back"))
        yield Fact("returned_to_budget", label, Amount(milestone.amount_pence, milestone.currency))


def with_the_stage(agreement: "StageAgreement", at: datetime) -> Iterator[Fact]:
    """Yield what the end of its stage does to an agreement, and to each milestone that is still due."""
    company = {"company": agreement.company.name, "reference": agreement.reference}
    if agreement.activated_at is None:
        label = Text(N_("Agreement %(reference)s with %(company)s"), company)
        yield Fact(f"{agreement.reference}_lapses", label, Text(N_("lapses, because it is not in force")))
    for milestone in agreement.milestones:
        if milestone.state is not MilestoneState.DUE:
            continue
        words = N_("%(title)s, due on %(due)s: the team can still send evidence, and %(amount)s stays committed")
        if milestone.is_overdue(at):
            words = N_("%(title)s, due on %(due)s: ends as not delivered, and %(amount)s goes back to the budget")
        amount = Amount(milestone.amount_pence, milestone.currency)
        said: dict[str, Value] = {"title": milestone.title, "due": milestone.due_on, "amount": amount}
        number: dict[str, Value] = {**company, "number": milestone.number}
        label = Text(N_("Milestone %(number)s of %(company)s (%(reference)s)"), number)
        yield Fact(f"{agreement.reference}_{milestone.number}", label, Text(words, said))


def evidence_of(milestone: "Milestone") -> Iterator[Fact]:
    """Yield what a decision on the latest evidence binds."""
    if milestone.latest:
        yield Fact("number", Text(N_("Evidence")), Text(N_("number %(number)s"), {"number": milestone.latest.number}))
        yield Fact("evidence", Text(N_("What the company wrote")), milestone.latest.evidence)
        yield Fact("link", Text(N_("Link")), milestone.latest.link or "")
    yield Fact("title", Text(N_("Milestone")), milestone.title)
    yield Fact("criteria", Text(N_("Success criteria")), milestone.success_criteria)
    yield Fact("amount", Text(N_("Amount")), Amount(milestone.amount_pence, milestone.currency))


def withdrawn(agreement: "StageAgreement") -> Iterator[Fact]:
    """Yield what withdrawing an offer takes back: the whole agreement, and for whom it was offered."""
    yield Fact("company", Text(N_("Company")), agreement.company.name)
    yield from facts_of(agreement)


def concluded(agreement: "StageAgreement") -> Iterator[Fact]:
    """Yield what completing an agreement makes final: each milestone with its sum and how it ended."""
    yield Fact("company", Text(N_("Company")), agreement.company.name)
    yield Fact("amount", Text(N_("Amount")), Amount(agreement.amount_pence, agreement.currency))
    for milestone in agreement.milestones:
        words = Text(
            N_("%(title)s: %(state)s, %(amount)s"),
            {
                "title": milestone.title,
                "state": Text(milestone.state.label.message),
                "amount": Amount(milestone.amount_pence, milestone.currency),
            },
        )
        label = Text(N_("Milestone %(number)s"), {"number": milestone.number})
        yield Fact(f"milestone_{milestone.number}", label, words)


def due(milestone: "Milestone") -> Iterator[Fact]:
    """Yield what evidence is measured by, and what a milestone that is removed from a draft was."""
    yield Fact("title", Text(N_("Milestone")), milestone.title)
    yield Fact("criteria", Text(N_("Success criteria")), milestone.success_criteria)
    yield Fact("due_on", Text(N_("Due date")), milestone.due_on)
    yield Fact("amount", Text(N_("Amount")), Amount(milestone.amount_pence, milestone.currency))


def returned(milestone: "Milestone") -> Iterator[Fact]:
    """Yield what the company answers with new evidence: the milestone, and why the last evidence came back."""
    yield from due(milestone)
    if milestone.latest is not None and milestone.latest.reason:
        yield Fact("returned", Text(N_("Why the last evidence was returned")), milestone.latest.reason)
