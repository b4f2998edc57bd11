"""People, how they sign in, and their own accounts."""
