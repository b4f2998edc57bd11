"""Money: budget, commitment, release, payment; each movement one row that never changes."""
