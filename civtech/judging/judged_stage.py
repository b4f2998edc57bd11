"""A judged stage: one stage of one challenge, before and after its panel is set up."""

from dataclasses import dataclass

from civtech.challenges.models import Challenge
from civtech.judging.models import Panel
from civtech.programmes.models import Stage


@dataclass(frozen=True)
class JudgedStage:
    """A judged stage of a challenge."""

    challenge: Challenge
    stage: Stage

    @property
    def following(self) -> Stage | None:
        """The stage that the chosen teams go through to."""
        return self.challenge.round.stage_after(self.stage)


@dataclass(frozen=True)
class ConvenedStage(JudgedStage):
    """The same, once it has a panel."""

    panel: Panel
