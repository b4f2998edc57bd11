"""The roles that people can have in the programme. The `roles` package knows who has which, and since when."""

from civtech.core.state import State
from civtech.core.text import N_


class ProgrammeRole(State):
    """What the programme trusts a person with, for the whole programme, one round or one challenge."""

    STAFF = "staff", N_("Programme staff")
    FINANCE = "finance", N_("Finance approver")
    SECRETARY = "secretary", N_("Panel secretary")
    JUDGE = "judge", N_("Judge")
    AUDITOR = "auditor", N_("Auditor")
    ADMINISTRATOR = "administrator", N_("Administrator")
