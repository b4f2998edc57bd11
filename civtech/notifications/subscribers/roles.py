"""Emails about programme roles: to administrators, to the person who asked, and to the person with the role."""

from civtech.core.events import subscribe
from civtech.notifications.outbox import queue
from civtech.notifications.recipients import who_may
from civtech.people.models import ProgrammeRole
from civtech.roles import policy
from civtech.roles.events import ProgrammeRoleAskedFor, ProgrammeRoleEnded, ProgrammeRoleGranted, ProgrammeRoleRefused
from civtech.roles.models import RoleGrant


def _of(grant: RoleGrant) -> dict[str, object]:
    return {
        "reference": grant.reference,
        "role": grant.role.label.message,
        "link": ("roles.show", {"reference": grant.reference}),
    }


@subscribe(ProgrammeRoleAskedFor)
def ask_for_the_second_administrator(event: ProgrammeRoleAskedFor) -> None:
    """Email the administrators who may decide. The person the role is for is named on the page."""
    grant = event.subject
    queue("role_to_approve", who_may(policy.decide_grant, grant, ProgrammeRole.ADMINISTRATOR), _of(grant), at=event.at)


@subscribe(ProgrammeRoleRefused)
def say_it_was_refused(event: ProgrammeRoleRefused) -> None:
    """Email the person who asked. The reason is on the page."""
    grant = event.subject
    queue("role_refused", [grant.asked_by_id] if grant.asked_by_id else [], _of(grant), at=event.at)


@subscribe(ProgrammeRoleGranted)
def say_it_was_granted(event: ProgrammeRoleGranted) -> None:
    """Email the person, but not after a command: the operator who typed it tells them."""
    grant = event.subject
    if event.by is None:
        return
    facts: dict[str, object] = {"starts_at": grant.begins_at, "ends_at": grant.ends_at, "link": ("people.account", {})}
    queue("role_granted", [grant.user_id], _of(grant) | facts, at=event.at)


@subscribe(ProgrammeRoleEnded)
def say_it_was_ended(event: ProgrammeRoleEnded) -> None:
    """Email the person, unless they gave the role up themselves."""
    grant = event.subject
    if event.by is None or event.by.id != grant.user_id:
        queue("role_ended", [grant.user_id], _of(grant) | {"link": ("people.account", {})}, at=event.at)
