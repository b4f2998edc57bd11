"""The described points: what each means, the same for every criterion (after the 0–5 scale of Horizon Europe)."""

from dataclasses import dataclass

from civtech.core.text import N_, Text


@dataclass(frozen=True)
class Mark:
    """One point of the scale with the word for it and what it says about a proposal."""

    points: int
    word: Text
    meaning: Text


SCALE = (
    Mark(0, Text(N_("Fails")), Text(N_("It does not answer this criterion, or says too little to tell."))),
    Mark(1, Text(N_("Poor")), Text(N_("It hardly answers it; what is missing weighs heavily."))),
    Mark(2, Text(N_("Fair")), Text(N_("It answers it in broad terms, with weaknesses that matter."))),
    Mark(3, Text(N_("Good")), Text(N_("It answers it well; several things could be better."))),
    Mark(4, Text(N_("Very good")), Text(N_("It answers it very well; a few small things could be better."))),
    Mark(5, Text(N_("Excellent")), Text(N_("It answers all of it convincingly; what could be better hardly matters."))),
)
TIE_BREAK = Text(
    N_(
        "Equal totals are ordered by the first criterion, then the second, and so on, as they are listed here. "
        "Who is still equal shares the place; neither time nor chance decides."
    )
)
