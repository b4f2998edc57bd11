"""Forms for judging."""
