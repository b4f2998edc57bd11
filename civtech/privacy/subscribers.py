"""Emails about personal data and reported problems. They contain a reference and a link, never what was written."""

from flask import current_app

from civtech.core.events import subscribe
from civtech.notifications.outbox import queue, queue_to_address
from civtech.privacy.events import ErasureRequested, ProblemReported


@subscribe(ErasureRequested)
def say_when_it_is_done(event: ErasureRequested) -> None:
    """Email the person, in case someone else used their account."""
    request = event.subject
    facts: dict[str, object] = {
        "reference": request.reference,
        "due_at": request.due_at,
        "link": ("privacy.own_data", {}),
    }
    queue("erasure_requested", [request.person.id], facts, at=event.at)


@subscribe(ProblemReported)
def tell_the_programme(event: ProblemReported) -> None:
    """Email the contact address that every page shows."""
    report = event.subject
    facts: dict[str, object] = {"reference": report.reference, "link": ("privacy.problems", {})}
    queue_to_address("problem_reported", current_app.config["PROGRAMME_CONTACT"], facts, at=event.at)
