"""The email that a challenge was cancelled: once to everyone affected, with what it means for them."""

from collections import defaultdict
from collections.abc import Iterator

from civtech.challenges.events import ChallengeCancelled
from civtech.core.text import N_
from civtech.notifications import queries
from civtech.notifications.concerned import concerned_by
from civtech.notifications.naming import Facts, of_challenge, typed
from civtech.notifications.telling import tells_each


def everyone_concerned(event: ChallengeCancelled) -> Iterator[tuple[frozenset[str], list[int]]]:
    """Teams with a proposal, people who asked, judges, and the sponsor’s people. Staff, if they had to do with it."""
    alike: dict[frozenset[str], list[int]] = defaultdict(list)
    for person, reasons in concerned_by(event.subject).items():
        alike[reasons].append(person)
    yield from alike.items()


@tells_each(ChallengeCancelled, to=everyone_concerned, words=queries.CHALLENGE_CANCELLED)
def cancelled(event: ChallengeCancelled, reasons: frozenset[str]) -> Facts:
    challenge = event.subject
    return (
        of_challenge(challenge, (N_("Cancelled"), challenge.cancelled_at))
        | typed(challenge.message)
        | {
            "side": event.facts["side"],
            "public": challenge.published_at is not None,
            "reasons": sorted(reasons),
        }
    )
