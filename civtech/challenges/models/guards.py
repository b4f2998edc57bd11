"""What the database refuses of challenges and questions, whoever asks."""

from civtech.accounts.models.guards import acts_for, holds_role
from civtech.challenges.models.brief import PARTS
from civtech.challenges.models.involvement import Tie, tied_in_sql
from civtech.core.guards import Guard, changed, differs, guard, only_moves, written
from civtech.core.text import N_
from civtech.programmes.models.round import ROUND_CLOSED

PROPOSED = ("proposed_at", "proposed_by_id")
APPROVED = ("approved_at", "approved_by_id")
PUBLISHED = ("published_at", "published_by_id")
DATES = ("opens_at", "questions_close_at", "closes_at")
ITSELF = "NEW.reference, (SELECT round.reference FROM round WHERE round.id = NEW.round_id)"
CANCELLED = ("message", "cancelled_at", "cancelled_by_id", "cancelled_for")
WORDS = tuple(part.key for part in PARTS if part.is_fixed and not part.writer)
NOT_PUBLISHED = (
    "NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published')"
)
NO_QUESTIONS = N_("This challenge is not published: questions about it can be neither asked nor answered.")


def scopes_of(challenge: str) -> str:
    """SQL: the references for which a role counts at the challenge with this id: its own, and its round's."""
    return (
        f"SELECT challenge.reference FROM challenge WHERE challenge.id = ({challenge}) "  # noqa: S608
        "UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id "
        f"WHERE challenge.id = ({challenge})"
    )


NO_END_IN_THE_PAST = N_("A role ends now, not in the past: what people may judge and answer depends on it.")

guard(
    "membership_of_a_sponsor_does_not_end_in_the_past",
    table="membership",
    on="UPDATE",
    condition=(
        f"{written('until')} AND EXISTS (SELECT 1 FROM challenge WHERE challenge.sponsor_id = NEW.organisation_id "  # noqa: S608
        "AND challenge.drafted_at > NEW.until)"
    ),
    message=NO_END_IN_THE_PAST,
)
guard(
    "role_grant_does_not_end_in_the_past",
    table="role_grant",
    on="UPDATE",
    condition=(
        f"NEW.role IN ('staff', 'auditor') AND {written('ended_at')} "  # noqa: S608
        "AND EXISTS (SELECT 1 FROM challenge WHERE challenge.drafted_at > NEW.ended_at)"
    ),
    message=NO_END_IN_THE_PAST,
)
guard(
    "role_grant_is_for_a_challenge_that_is_there",
    table="role_grant",
    on="INSERT",
    condition=(
        "NEW.scope_kind = 'challenge' "
        "AND NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.reference = NEW.scope_reference)"
    ),
    message=N_("There is no such challenge."),
)
guard(
    "challenge_begins_as_a_draft",
    table="challenge",
    on="INSERT",
    condition="NEW.state <> 'draft' OR "
    + " OR ".join(f"NEW.{column} IS NOT NULL" for column in (*PROPOSED, *APPROVED, *PUBLISHED, *DATES)),
    message=N_("A challenge begins as a draft."),
)
guard(
    "challenge_is_fixed_once_published",
    table="challenge",
    on=f"UPDATE OF {', '.join(WORDS)}, round_id, sponsor_id, opens_at, questions_close_at, closes_at, published_at",
    condition="OLD.published_at IS NOT NULL",
    message=N_("The challenge is published: its words and its dates are fixed."),
)


def only_erased(key: str) -> Guard:
    """Once sent for approval, words that can name a person stay as they are, or go when that person is erased."""
    return guard(
        f"challenge_keeps_its_{key}",
        table="challenge",
        on=f"UPDATE OF {key}",
        condition=f"{changed(key)} AND NEW.{key} <> '' AND OLD.state <> 'draft' AND NEW.state <> 'draft'",
        message=N_("The challenge was sent for approval: these words can only be erased."),
    )


for _part in PARTS:
    if _part.writer:
        only_erased(_part.key)
guard(
    "challenge_never_goes_back",
    table="challenge",
    on="UPDATE OF state",
    condition=(
        "(OLD.state = 'published' AND NEW.state NOT IN ('published', 'cancelled')) "
        "OR (OLD.state = 'cancelled' AND NEW.state <> 'cancelled')"
    ),
    message=N_("A challenge that was published stays published, unless it is cancelled for good."),
)
guard(
    "challenge_takes_every_step",
    table="challenge",
    on="UPDATE OF state",
    condition="OLD.state IN ('draft', 'proposed', 'approved') AND "
    + only_moves(
        ("draft", "proposed"),
        ("proposed", "approved"),
        ("proposed", "draft"),
        ("approved", "draft"),
        ("approved", "published"),
        ("draft", "cancelled"),
        ("proposed", "cancelled"),
        ("approved", "cancelled"),
    ),
    message=N_("A challenge is put forward, approved and published in this order."),
)
guard(
    "challenge_stands_as_it_was_put_forward",
    table="challenge",
    on="UPDATE",
    condition=(
        f"{changed('reference', 'slug', 'sponsor_id', 'drafted_at', 'drafted_by_id')} "
        f"OR (OLD.state <> 'draft' AND NEW.state <> 'draft' AND ({changed('round_id', *WORDS)}))"
    ),
    message=N_("The challenge was put forward: its words stand until it is sent back."),
)
guard(
    "challenge_keeps_its_people",
    table="challenge",
    on="UPDATE",
    condition=(
        f"(OLD.state <> 'draft' AND NEW.state <> 'draft' AND ({differs(*PROPOSED)})) "
        f"OR (NOT (OLD.state = 'proposed' AND NEW.state = 'approved') AND NEW.state <> 'draft' "
        f"AND ({differs(*APPROVED)})) "
        f"OR (NOT (OLD.state = 'approved' AND NEW.state = 'published') AND ({differs(*PUBLISHED, *DATES)}))"
    ),
    message=N_("Who put a challenge forward, approved and published it stays written."),
)
guard(
    "challenge_is_put_forward_by_its_sponsor",
    table="challenge",
    on="UPDATE",
    condition=(
        f"{written('proposed_by_id')} AND NOT {acts_for('NEW.proposed_by_id', 'NEW.sponsor_id', 'owner', 'author')}"
    ),
    message=N_("Only an owner or author of the public body puts its challenge forward."),
)
guard(
    "challenge_is_approved_by_its_sponsor",
    table="challenge",
    on="UPDATE",
    condition=(
        f"{written('approved_by_id')} AND NOT {acts_for('NEW.approved_by_id', 'NEW.sponsor_id', 'owner', 'approver')}"
    ),
    message=N_("Only an owner or approver of the public body approves its challenge."),
)
guard(
    "challenge_is_published_by_staff",
    table="challenge",
    on="UPDATE",
    condition=(
        "NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by_id IS NULL "
        f"OR NOT {holds_role('NEW.published_by_id', 'staff', at='NEW.published_at', within=ITSELF)} "
        f"OR {tied_in_sql('NEW.published_by_id', 'NEW.id', Tie.SPONSOR)})"
    ),
    message=N_("Only programme staff who do not act for the public body publish its challenge."),
)
for _act, _on, _when in (
    ("begins", "INSERT", "1 = 1"),
    (
        "goes_on",
        "UPDATE",
        "(NEW.round_id <> OLD.round_id "
        "OR (NEW.state <> OLD.state AND NEW.state IN ('proposed', 'approved', 'published')))",
    ),
):
    guard(
        f"challenge_{_act}_in_a_round_that_is_not_closed",
        table="challenge",
        on=_on,
        condition=(
            f"{_when} AND EXISTS (SELECT 1 FROM round WHERE round.id = NEW.round_id AND round.state = 'finished')"  # noqa: S608
        ),
        message=ROUND_CLOSED,
    )
guard(
    "round_waits_for_its_challenges",
    table="round",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM challenge "
        "WHERE challenge.round_id = NEW.id AND (challenge.state IN ('draft', 'proposed', 'approved') "
        "OR (challenge.state = 'published' AND challenge.closes_at > NEW.finished_at)))"
    ),
    message=N_("A challenge of this round is still open: the round cannot be closed."),
)

guard(
    "challenge_is_cancelled_by_its_sponsor_or_staff",
    table="challenge",
    on="UPDATE",
    condition=(
        "NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND NOT ("
        f"(NEW.cancelled_for = 'sponsor' AND {acts_for('NEW.cancelled_by_id', 'NEW.sponsor_id', 'owner', 'approver')}) "
        "OR (NEW.cancelled_for = 'programme' "
        f"AND {holds_role('NEW.cancelled_by_id', 'staff', at='NEW.cancelled_at', within=ITSELF)}))"
    ),
    message=N_("Only an owner or approver of the public body, or programme staff, can cancel a challenge."),
)
guard(
    "challenge_keeps_who_cancelled_it_and_why",
    table="challenge",
    on="UPDATE",
    condition=f"OLD.state = 'cancelled' AND ({differs(*CANCELLED)})",
    message=N_("Who cancelled a challenge, when and why cannot be changed."),
)

guard(
    "question_is_about_a_published_challenge_insert",
    table="question",
    on="INSERT",
    condition=NOT_PUBLISHED,
    message=NO_QUESTIONS,
)
guard(
    "question_is_about_a_published_challenge_update",
    table="question",
    on="UPDATE OF state",
    condition=f"NEW.state <> OLD.state AND {NOT_PUBLISHED}",
    message=NO_QUESTIONS,
)
guard(
    "question_begins_as_asked",
    table="question",
    on="INSERT",
    condition="NEW.state <> 'asked'",
    message=N_("A question is asked before it is answered."),
)
