"""A round's stages in words, for the component `path`."""

from civtech.programmes.models import Round, Stage, VatBasis
from civtech.web.display import money
from civtech.web.translation import gettext, ngettext


def path_of(round: Round, *, short: bool = False) -> list[dict[str, object]]:  # noqa: A002
    """The stages as the component `path` wants them, each with its figures in words. `short` leaves out the weeks."""
    return [
        {
            "name": stage.name,
            "teams": stage.teams,
            "amount_pence": stage.amount_pence,
            "currency": stage.currency,
            "summary": ", ".join(
                filter(None, (_teams(stage), amount_in_words(stage), "" if short else weeks_in_words(stage)))
            ),
        }
        for stage in round.stages
    ]


def _teams(stage: Stage) -> str:
    """The same as `teams_in_words`, shortened for a line of stages."""
    if stage.teams is None:
        return str(gettext("all proposals"))
    return str(ngettext("%(num)s team", "%(num)s teams", stage.teams))


def teams_in_words(stage: Stage) -> str:
    """`up to 3 teams`."""
    if stage.teams is None:
        return str(gettext("all teams that submit a proposal"))
    if stage.teams == 1:
        return str(gettext("1 team"))
    return str(gettext("up to %(teams)s teams", teams=stage.teams))


def going_on_in_words(stage: Stage) -> str:
    """`Up to 3 teams go through to “Exploration”.`, or nothing if the stage is not judged at its end."""
    following = stage.round.stage_after(stage)
    if not stage.criteria or following is None:
        return ""
    if following.teams is None:
        return str(gettext("Every team that passes goes through to “%(stage)s”.", stage=following.name))
    return str(
        ngettext(
            "%(num)s team goes through to “%(stage)s”.",
            "Up to %(num)s teams go through to “%(stage)s”.",
            following.teams,
            stage=following.name,
        )
    )


def purpose_in_words(stage: Stage) -> str:
    """What the stage is for, in the pathway's words, and how many teams go through, from the current figures."""
    return " ".join(filter(None, (stage.purpose, going_on_in_words(stage))))


def amount_in_words(stage: Stage) -> str:
    """`£5,000 each`, `up to £650,000`, or nothing for a stage without funding. It says if the amount includes VAT."""
    if stage.amount_pence is None:
        return ""
    amount = money(stage.amount_pence, stage.currency)
    if stage.amount_is_ceiling:
        amount = gettext("up to %(amount)s", amount=amount)
    if stage.teams != 1:
        amount = gettext("%(amount)s each", amount=amount)
    if stage.vat_basis is VatBasis.INCLUDING:
        amount = gettext("%(amount)s including VAT", amount=amount)
    return str(amount)


def weeks_in_words(stage: Stage) -> str:
    """`17 weeks`."""
    return str(ngettext("%(num)s week", "%(num)s weeks", stage.weeks)) if stage.weeks else ""


def excludes_vat(round: Round) -> bool:  # noqa: A002
    """Whether one line can say that all the amounts exclude VAT."""
    return all(stage.vat_basis is VatBasis.EXCLUDING for stage in round.funded_stages)
