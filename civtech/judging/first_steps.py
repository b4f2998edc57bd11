"""The first step for judges who are on no panel."""

from collections.abc import Iterator

from flask import url_for

from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User
from civtech.web.registries import FirstStep, first_step


@first_step
def wait_for_a_panel(person: User) -> Iterator[FirstStep]:
    """What happens next, for people in the pool of judges."""
    if person.has(ProgrammeRole.JUDGE):
        yield FirstStep(
            Text(N_("You are not on a panel yet")),
            Text(
                N_(
                    "When a panel secretary assigns proposals to you, we email you and they appear here. You first "
                    "say if you have a conflict of interest. Then you score each proposal alone."
                )
            ),
            url_for("public.guide", guide="judges"),
            Text(N_("Read the guide for judges")),
        )
