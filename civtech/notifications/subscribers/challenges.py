"""Emails to the sponsor and to staff about challenges."""

from collections.abc import Iterator
from typing import TypeAlias

from civtech.challenges import policy
from civtech.challenges.events import (
    ChallengeApproved,
    ChallengeMoved,
    ChallengeProposed,
    ChallengePublished,
    ChallengeSentBack,
)
from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.events import AnyFacts, Event
from civtech.core.facts import Amount
from civtech.core.text import N_
from civtech.notifications.naming import Facts, of_challenge, typed
from civtech.notifications.queries import SPONSOR
from civtech.notifications.recipients import members, who_may
from civtech.notifications.telling import tells
from civtech.notifications.unasked import Missing
from civtech.people.models import ProgrammeRole

OfChallenge: TypeAlias = Event[Challenge, AnyFacts]


def approvers(event: OfChallenge) -> Iterator[int]:
    """Owners and approvers of the sponsor."""
    return members(event.subject.sponsor_id, *policy.APPROVERS)


def authors(event: OfChallenge) -> Iterator[int]:
    """Owners and authors of the sponsor."""
    return members(event.subject.sponsor_id, *policy.AUTHORS)


def sponsors_people(event: OfChallenge) -> Iterator[int]:
    """Owners, authors and approvers of the sponsor."""
    return members(event.subject.sponsor_id, *SPONSOR)


def publishers(event: OfChallenge) -> Iterator[int]:
    """Programme staff who may publish it."""
    return who_may(policy.publish, event.subject, ProgrammeRole.STAFF)


def publishers_who_waited(event: ChallengeSentBack) -> Iterator[int]:
    """Programme staff who may publish it, if it was waiting for them."""
    if event.facts["was"] == ChallengeState.APPROVED.value:
        yield from publishers(event)


def no_approver(event: OfChallenge) -> Missing:
    return Missing.people_of(event.subject.sponsor, event.subject.reference)


def no_publisher(event: OfChallenge) -> Missing:
    return Missing.in_the_programme(event.subject.reference)


def _rights(event: OfChallenge) -> Facts:
    """Whether staff must still check what its text says about IP and equity."""
    return {"unchecked": not event.subject.rights_are_clear}


@tells(ChallengeProposed, to=approvers, words="challenge_to_approve", without=no_approver)
def to_approve(event: ChallengeProposed) -> Facts:
    return of_challenge(event.subject) | _rights(event)


@tells(ChallengeApproved, to=publishers, words="challenge_to_publish", without=no_publisher)
def to_publish(event: ChallengeApproved) -> Facts:
    challenge, rights = event.subject, _rights(event)
    page = "challenges.rights" if rights["unchecked"] else "challenges.show"
    return of_challenge(challenge, link=(page, {"slug": challenge.slug})) | rights


@tells(ChallengeApproved, to=authors, words="challenge_approved")
def approved(event: ChallengeApproved) -> Facts:
    return of_challenge(event.subject) | _rights(event)


@tells(ChallengeSentBack, to=sponsors_people, words="challenge_sent_back")
def sent_back(event: ChallengeSentBack) -> Facts:
    return of_challenge(event.subject) | typed(event.subject.message) | {"side": event.facts["side"]}


@tells(ChallengeSentBack, to=publishers_who_waited, words="challenge_not_to_publish")
def not_to_publish(event: ChallengeSentBack) -> Facts:
    return of_challenge(event.subject) | typed(event.subject.message) | {"side": event.facts["side"]}


@tells(ChallengeMoved, to=authors, words="challenge_moved")
def moved(event: ChallengeMoved) -> Facts:
    challenge = event.subject
    return of_challenge(challenge, (N_("Round"), challenge.round.name)) | {
        "side": event.facts["side"],
        "kept": len(event.facts["kept_pence"]),
        "dropped": len(event.facts["dropped_pence"]),
    }


@tells(ChallengePublished, to=sponsors_people, words="challenge_published")
def published(event: ChallengePublished) -> Facts:
    challenge, opens_at = event.subject, event.subject.opens_at
    exception = challenge.exception.said() if challenge.exception else []
    facts = of_challenge(
        challenge,
        (N_("Budget"), Amount(challenge.budget_pence, challenge.round.currency)),
        (N_("Opens"), challenge.opens_at),
        (N_("Questions close"), challenge.questions_close_at),
        (N_("Closes"), challenge.closes_at),
        *((fact.label, fact.value) for fact in exception),
    )
    return facts | {"later": opens_at is not None and opens_at > event.at, "exception": bool(exception)}
