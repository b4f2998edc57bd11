"""Why some pages take many SQL statements, or more with more rows, by endpoint. `budgets.txt` shows these reasons."""

PANEL = "Reads the challenge with its stages and criteria twice: by its address, and with its panel."

MANY = {
    "challenges.show": "Each package that adds a block asks once, and rules read the person’s ties for each action.",
    "judging.assignments": PANEL,
    "judging.decision": "Reads the decision with its panel and outcomes, possible conflicts, and the names of its day.",
    "judging.conflict": PANEL,
    "judging.judges": PANEL,
    "judging.panel": PANEL,
    "judging.new_decision": "Reads the panel with its scores, and possible conflicts of those who judged.",
    "people.home": "Each kind of task is one question, and the lists of a person’s own things are more.",
    "privacy.erasure": "Lists what prevents it and what ends with the account. Each package asks once.",
    "programmes.finish_round": "Each reason that keeps a round open is one question.",
    "programmes.round": "Each reason that keeps a round open is one question.",
    "proposals.show": "Shows the latest step and money from the timeline, and the actions of its team.",
    "stages.agreement": "While it is a draft, rules read the person’s ties to the team for each action.",
    "transparency.timeline": "Each package adds its steps with one question, to a proposal that is read in five.",
}
"""Pages that take more statements than `tests.access.budgets.MOST`."""

GROWS = {
    "challenges.new": "Offers all open rounds, and SQLAlchemy reads what belongs to 500 rows at a time.",
}
"""Pages that take another number of statements when there are 1,000 of everything."""
