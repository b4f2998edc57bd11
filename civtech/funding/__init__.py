"""Money: budget, commitment, release and payment. Each movement is one row that never changes."""
