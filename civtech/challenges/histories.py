"""What the history of a challenge shows, and to whom."""

from sqlalchemy import select

from civtech.challenges.events import (
    ChallengeApproved,
    ChallengeCancelled,
    ChallengeDrafted,
    ChallengeMoved,
    ChallengeProposed,
    ChallengePublished,
    ChallengeRevised,
    ChallengeSentBack,
    HintsConsidered,
    QuestionAnswered,
    QuestionAsked,
    RightsCheckApproved,
    RightsCheckRecorded,
    RightsCheckRefused,
    RightsCheckWithdrawn,
)
from civtech.challenges.models import Challenge, ChallengeState, ConsideredHint, RightsCheck, SentBack
from civtech.core.histories import Audience, Instant, Subject, Typed, message_of, shown

BEFORE_PUBLICATION = (Audience.SPONSOR, Audience.PROGRAMME)

shown(
    ChallengeDrafted,
    ChallengeRevised,
    ChallengeProposed,
    ChallengeApproved,
    by=Audience.SPONSOR,
    to=BEFORE_PUBLICATION,
)
shown(ChallengeMoved, ChallengeSentBack, by=None, to=BEFORE_PUBLICATION)
shown(ChallengePublished, by=Audience.PROGRAMME, to=[Audience.ANYONE])
shown(ChallengeCancelled, by=None, to=[Audience.ANYONE])
shown(HintsConsidered, by=None, to=[Audience.PROGRAMME])
shown(QuestionAsked, by=Audience.ANYONE, to=BEFORE_PUBLICATION, named_to=())
shown(QuestionAnswered, by=Audience.SPONSOR, to=[Audience.ANYONE])


shown(
    RightsCheckRecorded,
    RightsCheckApproved,
    RightsCheckRefused,
    RightsCheckWithdrawn,
    by=Audience.PROGRAMME,
    to=BEFORE_PUBLICATION,
)


@message_of(HintsConsidered)
def why_they_can_take_part(subject: Subject, at: Instant) -> Typed:
    return (
        select(ConsideredHint.reason)
        .join(Challenge, Challenge.id == ConsideredHint.challenge_id)
        .where(Challenge.reference == subject, ConsideredHint.at == at)
        .limit(1)
        .scalar_subquery()
    )


@message_of(RightsCheckRefused)
def why_it_was_refused(subject: Subject, _at: Instant) -> Typed:
    return select(RightsCheck.message).where(RightsCheck.reference == subject).scalar_subquery()


@message_of(RightsCheckRecorded)
def why_it_was_recorded(subject: Subject, _at: Instant) -> Typed:
    return select(RightsCheck.reason).where(RightsCheck.reference == subject).scalar_subquery()


@message_of(ChallengeCancelled)
def why_it_was_cancelled(subject: Subject, _at: Instant) -> Typed:
    return (
        select(Challenge.message)
        .where(Challenge.reference == subject, Challenge.state == ChallengeState.CANCELLED)
        .scalar_subquery()
    )


@message_of(ChallengeSentBack)
def why_it_was_sent_back(subject: Subject, at: Instant) -> Typed:
    return (
        select(SentBack.message)
        .join(Challenge, Challenge.id == SentBack.challenge_id)
        .where(Challenge.reference == subject, SentBack.at == at)
        .order_by(SentBack.id.desc())
        .limit(1)
        .scalar_subquery()
    )
