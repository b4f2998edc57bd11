"""Rounds on a pathway: their stages, the number of teams, the money, and the criteria for judging."""
