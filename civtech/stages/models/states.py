"""The states of agreements, milestones and deliverables."""

from civtech.core.state import State
from civtech.core.text import N_


class AgreementState(State):
    DRAFT = "draft", N_("Draft"), "grey"
    OFFERED = "offered", N_("Waiting for acceptance"), "yellow"
    ACTIVE = "active", N_("In force"), "green"
    COMPLETED = "completed", N_("Completed"), "blue"
    STOPPED = "stopped", N_("Stopped at the end-of-stage review"), "orange"
    LAPSED = "lapsed", N_("Lapsed before it came into force"), "grey"


class MilestoneState(State):
    PLANNED = "planned", N_("Planned"), "grey"
    DUE = "due", N_("Due"), "light-blue"
    DELIVERED = "delivered", N_("Evidence sent, waiting for the public body"), "yellow"
    ACCEPTED = "accepted", N_("Accepted"), "green"
    UNDELIVERED = "undelivered", N_("Not delivered"), "grey"


class DeliverableState(State):
    DELIVERED = "delivered", N_("Waiting for the public body"), "yellow"
    ACCEPTED = "accepted", N_("Accepted"), "green"
    RETURNED = "returned", N_("Returned"), "orange"
