"""Budget, committed, released and paid, for each challenge and stage."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import render_template
from flask.typing import ResponseReturnValue

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.core.text import N_
from civtech.funding import policy, queries
from civtech.funding.views.blueprint import bp
from civtech.web.actor import actor
from civtech.web.gate import permit
from civtech.web.pagination import key_after, page_of

SIZE = 20


@dataclass
class Balances:
    """Money by how far it has moved. Each figure includes the later ones, as paid money was released before."""

    currency: str
    budget: int = 0
    committed: int = 0
    released: int = 0
    paid: int = 0
    name: str = ""
    challenge: Challenge | None = None
    stages: list["Balances"] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, currency: str, balances: Iterable[int]) -> "Balances":
        """Make it from the balances of the accounts of each kind."""
        left, committed, released, paid = map(int, balances)
        return cls(
            currency, left + committed + released + paid, committed + released + paid, released + paid, paid, name
        )

    def add(self, other: "Balances") -> None:
        """Add another one to this."""
        self.budget += other.budget
        self.committed += other.committed
        self.released += other.released
        self.paid += other.paid


@bp.get("/money")
@permit(policy.see_money, act=N_("View budgets and the money committed, released and paid"))
def money() -> ResponseReturnValue:
    totals: dict[str, Balances] = {}
    challenges: dict[int, Balances] = {}
    shown: set[tuple[int, int]] = set()
    after = key_after()
    for row in db.session.execute(queries.money(actor(), after, SIZE + 1)).unique():
        challenge, stage, *balances = row[:6]
        currency, *together = row[6:]
        if currency is not None:
            totals[currency] = Balances.of("", currency, together)
        whole = challenges.setdefault(
            challenge.id, Balances(stage.currency, name=challenge.question, challenge=challenge)
        )
        if (challenge.id, stage.id) not in shown:
            shown.add((challenge.id, stage.id))
            of_stage = Balances.of(stage.name, stage.currency, balances)
            whole.stages.append(of_stage)
            whole.add(of_stage)
    page = page_of([*challenges.items()], lambda row: row[0], size=SIZE, is_first=after is None)
    return render_template("funding/money.html", totals=totals, page=page)
