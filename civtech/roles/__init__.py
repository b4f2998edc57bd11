"""People's roles in the programme: who asked for them, who approved them, and what they apply to."""
