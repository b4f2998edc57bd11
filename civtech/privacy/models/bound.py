"""What acts on personal data bind, fact by fact."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from civtech.core import personal
from civtech.core.facts import Fact
from civtech.core.text import N_, Text
from civtech.people.models import User
from civtech.privacy.models.hold import Hold
from civtech.privacy.models.problem import ProblemReport
from civtech.privacy.models.request import ErasureRequest


def asked_for(person: User, at: datetime) -> Iterator[Fact]:
    """Yield what a person asks for: the account to erase, and what prevents it."""
    yield Fact("name", Text(N_("Name")), person.name)
    yield Fact("email", Text(N_("Email address")), person.email)
    for number, hindrance in enumerate(personal.hindrances(person, at), start=1):
        yield Fact(f"hindrance_{number}", Text(N_("Something to do first")), hindrance.text)
    yield from personal.ending_with([person.id])[person.id]


def taken_back(request: ErasureRequest) -> Iterator[Fact]:
    """Yield what withdrawing a request stops."""
    yield Fact("due_at", Text(N_("Earliest date")), request.due_at)


def erased(request: ErasureRequest, ends: Mapping[int, Sequence[Fact]] | None = None) -> Iterator[Fact]:
    """Yield what an erasure is about: whose data, when they asked, and what ends with it.

    A page with several requests asks once what `ends` with each.
    """
    yield Fact("person", Text(N_("Person")), request.person.name)
    yield Fact("reference", Text(N_("Reference")), request.person.reference)
    yield Fact("email", Text(N_("Email address")), request.person.email)
    yield Fact("asked_at", Text(N_("Requested")), request.asked_at.date())
    yield Fact("due_at", Text(N_("Earliest date")), request.due_at)
    yield from (ends or personal.ending_with([request.person_id]))[request.person_id]


def lifted(hold: Hold) -> Iterator[Fact]:
    """Yield what lifting a hold lets be erased, and why it was kept."""
    yield Fact("on", Text(N_("On")), hold.on.name)
    yield Fact("reason", Text(N_("Reason")), hold.reason)
    yield Fact("ends_at", Text(N_("Ends")), hold.ends_at)


def dealt_with(report: ProblemReport) -> Iterator[Fact]:
    """Yield which report is marked as dealt with: its words, and where its answer goes."""
    yield Fact("words", Text(N_("Problem")), report.words)
    yield Fact("page", Text(N_("Page")), report.page)
    yield Fact("email", Text(N_("Email address for our answer")), report.email or "")
