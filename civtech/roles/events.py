"""Events about people's roles in the programme."""

from typing import TYPE_CHECKING, NotRequired, TypedDict

from civtech.core.events import Event
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.roles.models import RoleGrant


class GrantFacts(TypedDict):
    """`scope` is the kind of scope. The round or challenge that it covers, if any, is under its own kind."""

    person: str
    role: str
    scope: str
    round: NotRequired[str]
    challenge: NotRequired[str]


class ProgrammeRoleGranted(Event["RoleGrant", GrantFacts]):
    label = N_("Programme role granted")
    public = False


class ProgrammeRoleAskedFor(Event["RoleGrant", GrantFacts]):
    label = N_("Programme role requested")
    public = False


class ProgrammeRoleRefused(Event["RoleGrant", GrantFacts]):
    label = N_("Programme role refused")
    public = False


class ProgrammeRoleTakenBack(Event["RoleGrant", GrantFacts]):
    label = N_("Request for a programme role withdrawn")
    public = False


class ProgrammeRoleEnded(Event["RoleGrant", GrantFacts]):
    label = N_("Programme role ended")
    public = False
