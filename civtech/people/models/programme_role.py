"""The roles that the programme gives people. Who has which, and since when, is for `roles` to say."""

from civtech.core.state import State
from civtech.core.text import N_


class ProgrammeRole(State):
    """What the programme trusts a person with, for the whole of it, for one round or for one challenge."""

    STAFF = "staff", N_("Programme staff")
    FINANCE = "finance", N_("Finance approver")
    SECRETARY = "secretary", N_("Panel secretary")
    JUDGE = "judge", N_("Judge")
    AUDITOR = "auditor", N_("Auditor")
    ADMINISTRATOR = "administrator", N_("Administrator")
