"""Privacy: the data held about people, how they get it, how it ends, and the pages that explain it."""
