"""Emails about personal data and reported problems. They contain a reference and a link, never what was written."""

from flask import current_app

from civtech.core.events import Event, subscribe
from civtech.notifications.outbox import queue, queue_to_address
from civtech.privacy.events import ErasureRequested, ProblemReported
from civtech.privacy.models import ErasureRequest, ProblemReport


@subscribe(ErasureRequested)
def say_when_it_is_done(event: Event) -> None:
    """Email the person, in case someone else used their account."""
    request: ErasureRequest = event.subject
    facts: dict[str, object] = {
        "reference": request.reference,
        "due_at": request.due_at,
        "link": ("privacy.own_data", {}),
    }
    queue("erasure_requested", [request.person.id], facts, at=event.at)


@subscribe(ProblemReported)
def tell_the_programme(event: Event) -> None:
    """Email the contact address that every page shows."""
    report: ProblemReport = event.subject
    facts: dict[str, object] = {"reference": report.reference, "link": ("privacy.problems", {})}
    queue_to_address("problem_reported", current_app.config["PROGRAMME_CONTACT"], facts, at=event.at)
