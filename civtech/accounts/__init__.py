"""People who can sign in, the organisations they act for, and what the programme trusts them with."""
