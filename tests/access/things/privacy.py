"""Personal data: erasure requests, holds, and problems that someone reported."""

from civtech.privacy.models import ErasureRequest, Hold, ProblemReport
from tests.access.world import DAY, Town


def enter(world: Town) -> None:
    by_staff = {"by": world.staff, "at": world.at}
    for state, person in (("of the inventor", world.inventor), ("of a member of staff", world.colleague)):
        asked = ErasureRequest.ask(by=person, at=world.at)
        world.enter("request for erasure", state, reference=asked.reference)
    hold = Hold.place(world.stranger, reason="A request.", ends_at=world.at + 30 * DAY, **by_staff)
    world.enter("hold", "on the stranger", reference=hold.reference)
    problem = ProblemReport.make(words="No focus.", page="", email=None, by=world.stranger, at=world.at)
    world.enter("problem", "reported by the stranger", reference=problem.reference)
