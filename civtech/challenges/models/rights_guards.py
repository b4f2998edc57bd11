"""What the database refuses about checks of the rights in a challenge, whichever code asks.

The database cannot look for phrases. The verbs that write a text also write its digest and what was found, and the
database requires a record with the same digest.
"""

from civtech.challenges.models.brief import PARTS
from civtech.challenges.models.checked_text import RIGHTS_NOT_CLEAR
from civtech.challenges.models.guards import scopes_of
from civtech.challenges.models.involvement import Tie, tied_in_sql
from civtech.challenges.models.rights_check import (
    BEFORE_PUBLICATION,
    IN_REVIEW,
    LEAST_REASON,
    NEEDS_NO_ONE_ELSE,
    NO_LONGER_OPEN,
    TOO_SHORT,
    RightsCheck,
)
from civtech.core.blank import little
from civtech.core.deciding import decides
from civtech.core.frozen import begins, frozen, moves, quoted
from civtech.core.guards import guard, kept, written
from civtech.core.text import N_
from civtech.people.models.guards import holds_role

_OF_THIS_TEXT = (
    "SELECT 1 FROM rights_check WHERE rights_check.challenge_id = NEW.id "
    "AND rights_check.text_digest = NEW.text_digest AND rights_check.state IN ('recorded', 'approved')"
)
_CLEARS = "(rights_check.state = 'approved' OR (rights_check.kind = 'harmless' AND NEW.strong_phrases = 0))"
BY_STAFF = N_(
    "Only programme staff who have not acted for the public body since the first draft can check the rights in its "
    "challenge."
)

guard(
    "challenge_text_changes_with_its_check",
    table="challenge",
    on="UPDATE",
    condition=(
        "OLD.state = 'draft' AND NEW.text_digest = OLD.text_digest AND ("
        + " OR ".join(f"(NEW.{part.key} <> OLD.{part.key} AND NEW.{part.key} <> '')" for part in PARTS)
        + ")"
    ),
    message=N_("The text of a challenge can only change together with the check of its rights."),
)
guard(
    "challenge_is_published_with_clear_rights",
    table="challenge",
    on="UPDATE",
    condition=(
        "NEW.state = 'published' AND OLD.state <> 'published' AND ("
        f"(NEW.phrases_found > 0 AND NOT EXISTS ({_OF_THIS_TEXT} AND {_CLEARS})) "
        f"OR EXISTS ({_OF_THIS_TEXT} AND NOT {_CLEARS}))"
    ),
    message=RIGHTS_NOT_CLEAR,
)


def _not_by_staff(act: str) -> str:
    person = f"NEW.{act}_by_id"
    holds = holds_role(person, "staff", at=f"NEW.{act}_at", within=scopes_of("NEW.challenge_id"))
    return f"(NOT {holds} OR {tied_in_sql(person, 'NEW.challenge_id', Tie.SPONSOR)})"


def _challenge_is(condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND {condition})"  # noqa: S608


_REVIEWED = _challenge_is(
    f"challenge.state IN ({quoted(IN_REVIEW)}) AND challenge.text_digest = NEW.text_digest",
)
guard(
    "rights_check_is_recorded_by_staff",
    table="rights_check",
    on="INSERT",
    condition=_not_by_staff("recorded"),
    message=BY_STAFF,
)
guard(
    "rights_check_gives_a_reason",
    table="rights_check",
    on="INSERT",
    condition=little("NEW.reason", LEAST_REASON),
    message=TOO_SHORT,
)
guard(
    "rights_check_is_answered_if_another_must",
    table="rights_check",
    on="UPDATE",
    condition=(
        f"({written('approved_by_id')} OR {written('refused_by_id')}) AND NEW.kind <> 'exception' "
        f"AND NOT {_challenge_is('challenge.strong_phrases > 0')}"
    ),
    message=NEEDS_NO_ONE_ELSE,
)
guard(
    "rights_check_is_of_a_text_in_review",
    table="rights_check",
    on="INSERT",
    condition=f"NOT {_REVIEWED}",
    message=N_("A check of rights is about the current text of a challenge that is being reviewed."),
)
for _act in ("approved", "refused", "withdrawn"):
    guard(
        f"rights_check_is_{_act}_by_staff",
        table="rights_check",
        on="UPDATE",
        condition=f"{written(f'{_act}_by_id')} AND {_not_by_staff(_act)}",
        message=BY_STAFF,
    )
guard(
    "rights_check_is_approved_for_the_current_text",
    table="rights_check",
    on="UPDATE",
    condition=f"{written('approved_by_id')} AND NOT {_REVIEWED}",
    message=N_("A record can only be approved for the current text of a challenge that is being reviewed."),
)
guard(
    "rights_check_is_fixed_once_published",
    table="rights_check",
    on="UPDATE",
    condition=f"NOT {_challenge_is(f'challenge.state IN ({quoted(BEFORE_PUBLICATION)})')}",
    message=NO_LONGER_OPEN,
)
begins(RightsCheck, message=N_("A new check of rights has not been approved, refused or withdrawn."))
moves(RightsCheck, message=N_("A check of rights is approved, refused or withdrawn once."))
frozen(RightsCheck, message=N_("A check of rights cannot be changed. Withdraw it and record a new one."))
kept("rights_check", N_("You cannot delete a check of rights."))
decides(RightsCheck)
