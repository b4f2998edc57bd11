"""What the database refuses for challenges and questions, whatever the code does."""

from collections.abc import Iterable

from civtech.challenges.models.brief import PARTS, WORDS, WRITERS, Part
from civtech.challenges.models.challenge import REVISED, Challenge
from civtech.challenges.models.involvement import Tie, tied_in_sql
from civtech.challenges.models.question import ANSWERED_FOR_THE_SPONSOR, ANSWERERS, Question
from civtech.core.blank import blank
from civtech.core.deciding import decides
from civtech.core.frozen import begins, frozen, moves
from civtech.core.guards import guard, kept, written
from civtech.core.text import N_
from civtech.people.models.guards import acts_for, holds_role
from civtech.programmes.models.round import ROUND_CLOSED

ITSELF = "NEW.reference, (SELECT round.reference FROM round WHERE round.id = NEW.round_id)"
NOT_PUBLISHED = (
    "NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published')"
)
NO_QUESTIONS = N_("No one can ask or answer questions about this challenge because it is not published.")


def scopes_of(challenge: str) -> str:
    """SQL: the references in which a role covers the challenge with this id: its own and its round's."""
    return (
        f"SELECT challenge.reference FROM challenge WHERE challenge.id = ({challenge}) "  # noqa: S608
        "UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id "
        f"WHERE challenge.id = ({challenge})"
    )


def _acts(act: str, *roles: str) -> str:
    return acts_for(f"NEW.{act}_by_id", "NEW.sponsor_id", *roles, at=f"NEW.{act}_at")


NO_END_IN_THE_PAST = N_("You cannot end a role in the past. What people can judge and answer depends on when it ends.")

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
    message=N_("This challenge does not exist."),
)


def only_erased(parts: Iterable[Part]) -> dict[str, str]:
    """The only change allowed to texts that can name a person: an erasure empties them and removes their writer."""
    together = {part: f"NEW.{part.key} = '' AND NEW.{part.writer} IS NULL" for part in parts if part.writer}
    return {column: erased for part, erased in together.items() for column in (part.key, part.writer or "")}


begins(Challenge, having=(*WORDS, *WRITERS, *REVISED), message=N_("A new challenge must start as a draft."))
moves(Challenge, message=N_("A challenge is sent for approval, approved and published in that order."))
frozen(
    Challenge,
    but=(part.key for part in PARTS if not part.is_fixed),
    unless=only_erased(PARTS),
    message=N_("What was sent for approval, approved, published or cancelled cannot be changed."),
)
guard(
    "challenge_is_put_forward_with_its_text",
    table="challenge",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'proposed' AND OLD.state <> 'proposed' AND "
        f"({' OR '.join(blank(f'NEW.{part.key}') for part in PARTS if part.to_send)})"
    ),
    message=N_("Enter every part that is needed before you send this draft for approval."),
)
guard(
    "challenge_is_put_forward_by_its_sponsor",
    table="challenge",
    on="UPDATE",
    condition=(f"{written('proposed_by_id')} AND NOT {_acts('proposed', 'owner', 'author')}"),
    message=N_("Only an owner or author at the public body can send its challenge for approval."),
)
guard(
    "challenge_is_approved_by_its_sponsor",
    table="challenge",
    on="UPDATE",
    condition=(f"{written('approved_by_id')} AND NOT {_acts('approved', 'owner', 'approver')}"),
    message=N_("Only an owner or approver at the public body can approve its challenge."),
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
    message=N_(
        "Only programme staff who have not acted for the public body since the first draft can publish its challenge."
    ),
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
    message=N_("You cannot close this round while a challenge in it is unpublished or has not closed."),
)

guard(
    "challenge_is_cancelled_by_its_sponsor_or_staff",
    table="challenge",
    on="UPDATE",
    condition=(
        "NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND NOT ("
        f"(NEW.cancelled_for = 'sponsor' AND {_acts('cancelled', 'owner', 'approver')}) "
        "OR (NEW.cancelled_for = 'programme' "
        f"AND {holds_role('NEW.cancelled_by_id', 'staff', at='NEW.cancelled_at', within=ITSELF)}))"
    ),
    message=N_("Only an owner or approver at the public body, or programme staff, can cancel a challenge."),
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
begins(Question, message=N_("A question must be asked before it can be answered."))
moves(Question, message=N_("An answered question cannot be reopened."))
frozen(Question, message=N_("A question and its answer cannot be changed once they are published."))
kept("question", N_("You cannot delete a question."))
guard(
    "question_is_answered_for_the_sponsor",
    table="question",
    on="UPDATE",
    condition=(
        written("answered_by_id")  # noqa: S608
        + " AND (NOT "
        + acts_for(
            "NEW.answered_by_id",
            "SELECT challenge.sponsor_id FROM challenge WHERE challenge.id = NEW.challenge_id",
            *ANSWERERS,
            at="NEW.answered_at",
        )
        + " OR "
        + tied_in_sql("NEW.answered_by_id", "NEW.challenge_id", Tie.TEAM)
        + ")"
    ),
    message=ANSWERED_FOR_THE_SPONSOR,
)
decides(Challenge)
decides(Question)
