"""Pairs of decisions and transfers: the database commits no decision about money without its transfer."""

from civtech.core.guards import append_only, consequence, guard
from civtech.core.text import N_

append_only("owed_transfer")

BUDGETS = (
    "FROM stage_budget JOIN stage ON stage.id = stage_budget.stage_id "
    "WHERE stage_budget.challenge_id = NEW.id AND stage_budget.amount_pence > 0"
)
LEFT = (
    "FROM account JOIN stage ON stage.id = account.stage_id WHERE account.challenge_id = NEW.id "
    "AND account.kind = 'budget' AND account.balance_pence > 0"
)
OF_THE_RELEASE = "FROM milestone WHERE milestone.id = NEW.milestone_id"
OF_THE_AGREEMENT = "FROM milestone WHERE milestone.agreement_id = NEW.id"
OWED = {
    "budget": ("challenge", "published", f"NEW.reference || ':' || stage.key {BUDGETS}"),
    "commitment": ("stage_agreement", "active", f"milestone.reference {OF_THE_AGREEMENT}"),
    "release": ("release", "approved", f"milestone.reference {OF_THE_RELEASE}"),
    "payment": ("release", "paid", f"milestone.reference {OF_THE_RELEASE}"),
    "return": ("milestone", "undelivered", "NEW.reference"),
    "withdrawal": ("challenge", "cancelled", f"NEW.reference || ':' || stage.key {LEFT}"),
}
for _kind, (_table, _state, _what) in OWED.items():
    consequence(
        f"{_table}_{_state}_owes_its_{_kind}",
        table=_table,
        on="UPDATE",
        condition=f"NEW.state = '{_state}' AND OLD.state <> '{_state}'",
        then=f"INSERT INTO owed_transfer (key) SELECT '{_kind}:' || {_what}",
    )

OF_ITS_STAGE = (
    "SELECT NEW.kind || ':' || challenge.reference || ':' || stage.key FROM account "
    "JOIN challenge ON challenge.id = account.challenge_id JOIN stage ON stage.id = account.stage_id"
)
OF_ITS_MILESTONE = (
    "SELECT NEW.kind || ':' || milestone.reference FROM account JOIN milestone ON milestone.id = account.milestone_id"
)
guard(
    "transfer_key_says_what_it_moves",
    table="transfer",
    on="INSERT",
    condition=(
        "NEW.key <> COALESCE(CASE "
        f"WHEN NEW.kind = 'budget' THEN ({OF_ITS_STAGE} WHERE account.id = NEW.credit_id) "
        f"WHEN NEW.kind = 'withdrawal' THEN ({OF_ITS_STAGE} WHERE account.id = NEW.debit_id) "
        f"WHEN NEW.kind = 'return' THEN ({OF_ITS_MILESTONE} WHERE account.id = NEW.debit_id) "
        f"ELSE ({OF_ITS_MILESTONE} WHERE account.id = NEW.credit_id) END, '')"
    ),
    message=N_("The key of a transfer must name its kind and what it is for."),
)

for _side, _sign in (("debit", "-"), ("credit", "+")):
    consequence(
        f"transfer_moves_its_{_side}",
        table="transfer",
        on="INSERT",
        condition="1 = 1",
        then=(
            f"UPDATE account SET balance_pence = balance_pence {_sign} NEW.amount_pence "  # noqa: S608
            f"WHERE account.id = NEW.{_side}_id"
        ),
    )
