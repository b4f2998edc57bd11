"""The email that a challenge was cancelled: once to everyone affected, with what it means for them."""

from collections import defaultdict

from civtech.challenges.events import ChallengeCancelled
from civtech.core.events import subscribe
from civtech.notifications import queries
from civtech.notifications.concerned import concerned_by
from civtech.notifications.outbox import queue


@subscribe(ChallengeCancelled)
def tell_everyone_concerned(event: ChallengeCancelled) -> None:
    """Email teams, people who asked, judges, the sponsor's people and staff, but not the person who cancelled it."""
    challenge = event.subject
    alike: dict[frozenset[str], list[int]] = defaultdict(list)
    for person, reasons in concerned_by(challenge).items():
        if event.by is None or person != event.by.id:
            alike[reasons].append(person)
    facts = {
        "reference": challenge.reference,
        "question": challenge.question,
        "organisation": challenge.sponsor.name,
        "side": event.facts["side"],
        "message": challenge.message,
        "cancelled_at": challenge.cancelled_at,
        "public": challenge.published_at is not None,
        "link": ("challenges.show", {"slug": challenge.slug}),
    }
    for reasons, people in alike.items():
        queue(queries.CHALLENGE_CANCELLED, people, facts | {"reasons": sorted(reasons)}, at=event.at)
