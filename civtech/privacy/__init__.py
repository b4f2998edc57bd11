"""Privacy: what is held about people, how they get it, how it ends, and the pages that say so."""
