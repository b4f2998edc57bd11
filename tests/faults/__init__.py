"""Each fault that was found, and at least two others of its kind."""
