"""`make mutants`: take away one rule of who may, or of who sees, and look whether a test notices."""
