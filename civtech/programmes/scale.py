"""The scale for scoring, the same for every criterion (after the 0–5 scale of Horizon Europe)."""

from dataclasses import dataclass

from civtech.core.text import N_, Text


@dataclass(frozen=True)
class Mark:
    """One number of points on the scale, with its name and what it says about a proposal."""

    points: int
    word: Text
    meaning: Text


SCALE = (
    Mark(0, Text(N_("Fails")), Text(N_("The proposal does not address this criterion, or says too little to tell."))),
    Mark(1, Text(N_("Poor")), Text(N_("The proposal barely addresses this criterion. What is missing is serious."))),
    Mark(
        2,
        Text(N_("Fair")),
        Text(N_("The proposal addresses this criterion in broad terms, with weaknesses that matter.")),
    ),
    Mark(3, Text(N_("Good")), Text(N_("The proposal addresses this criterion well. Several things could be better."))),
    Mark(
        4,
        Text(N_("Very good")),
        Text(N_("The proposal addresses this criterion very well. A few small things could be better.")),
    ),
    Mark(
        5,
        Text(N_("Excellent")),
        Text(N_("The proposal addresses all of this criterion convincingly. Any weaknesses are minor.")),
    ),
)
TIE_BREAK = Text(
    N_(
        "If totals are equal, the first criterion listed decides, then the second, and so on. Proposals that "
        "are still equal share the same place. Neither time nor chance decides."
    )
)
