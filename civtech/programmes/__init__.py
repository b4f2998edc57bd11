"""Rounds on a pathway: which stages there are, how many teams, how much money, judged by which criteria."""
