"""People who can sign in, how they do, and their own account."""
